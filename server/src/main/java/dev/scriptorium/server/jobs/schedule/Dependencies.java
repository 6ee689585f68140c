package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Which jobs wait for which. */
final class Dependencies {
  private final Map<Long, Set<Task>> waiting = new HashMap<>();

  // Of those that are waited for, the ones that are not in memory.
  private final Set<Long> elsewhere = new HashSet<>();

  void add(Task task, Task before) {
    before.awaited = true;
    add(task, before.id);
  }

  /** A job waits for one that is not in memory and has not ended. */
  void addElsewhere(Task task, long before) {
    elsewhere.add(before);
    add(task, before);
  }

  private void add(Task task, long before) {
    Set<Long> unmet = task.unmet;
    if (unmet == null) {
      unmet = new HashSet<>(4);
      task.unmet = unmet;
    }
    unmet.add(before);
    waiting.computeIfAbsent(before, id -> new LinkedHashSet<>()).add(task);
  }

  /** A job has come into memory; others may have waited for it since before. */
  void entered(Task task) {
    if (elsewhere.remove(task.id)) {
      task.awaited = true;
    }
  }

  /** Jobs that are waited for and not in memory. */
  Set<Long> elsewhere() {
    elsewhere.removeIf(before -> waiting.getOrDefault(before, Set.of()).isEmpty());
    return Set.copyOf(elsewhere);
  }

  /** Takes out a job that waits no more. */
  void remove(Task task) {
    Set<Long> unmet = task.unmet;
    if (unmet == null) {
      return;
    }
    for (long before : unmet) {
      Set<Task> others = waiting.get(before);
      if (others != null) {
        others.remove(task);
      }
    }
  }

  /** Takes out a job that has ended; gives those that waited for it. */
  Set<Task> ended(Task before) {
    return before.awaited ? ended(before.id) : Set.of();
  }

  /** Takes out a job that is not in memory and has ended; gives those that waited for it. */
  Set<Task> endedElsewhere(long before) {
    return elsewhere.remove(before) ? ended(before) : Set.of();
  }

  private Set<Task> ended(long before) {
    Set<Task> released = waiting.remove(before);
    if (released == null) {
      return Set.of();
    }
    for (Task task : released) {
      Set<Long> unmet = task.unmet;
      if (unmet != null && unmet.remove(before) && unmet.isEmpty()) {
        task.unmet = null;
      }
    }
    return released;
  }

  /** Committed jobs that wait for this one, directly or through others, nearest first. */
  List<Long> of(long job) {
    Set<Long> found = new LinkedHashSet<>();
    Queue<Long> open = new ArrayDeque<>(List.of(job));
    while (!open.isEmpty()) {
      for (Task next : waiting.getOrDefault(open.remove(), Set.of())) {
        if (next.phase == Phase.BLOCKED && found.add(next.id)) {
          open.add(next.id);
        }
      }
    }
    return List.copyOf(found);
  }
}
