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

  void add(Task task, Task before) {
    Set<Long> unmet = task.unmet;
    if (unmet == null) {
      unmet = new HashSet<>(4);
      task.unmet = unmet;
    }
    unmet.add(before.id);
    before.awaited = true;
    waiting.computeIfAbsent(before.id, id -> new LinkedHashSet<>()).add(task);
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
    Set<Task> released = before.awaited ? waiting.remove(before.id) : null;
    if (released == null) {
      return Set.of();
    }
    for (Task task : released) {
      Set<Long> unmet = task.unmet;
      if (unmet != null && unmet.remove(before.id) && unmet.isEmpty()) {
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
