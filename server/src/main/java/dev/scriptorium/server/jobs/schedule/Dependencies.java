package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Which jobs wait for which. */
final class Dependencies {
  private final Map<Long, Set<Task>> waiting = new HashMap<>();

  void add(Task task, long before) {
    task.unmet.add(before);
    waiting.computeIfAbsent(before, id -> new LinkedHashSet<>()).add(task);
  }

  /** Takes out a job that waits no more. */
  void remove(Task task) {
    for (long before : task.unmet) {
      Set<Task> others = waiting.get(before);
      if (others != null) {
        others.remove(task);
      }
    }
  }

  /** Takes out a job that has ended; gives those that waited for it. */
  Set<Task> ended(long job) {
    Set<Task> released = waiting.remove(job);
    if (released == null) {
      return Set.of();
    }
    released.forEach(task -> task.unmet.remove(job));
    return released;
  }

  /** Committed jobs that wait for this one, directly or through others, nearest first. */
  List<Long> of(long job) {
    Set<Long> found = new LinkedHashSet<>();
    Queue<Long> open = new ArrayDeque<>(List.of(job));
    while (!open.isEmpty()) {
      for (Task next : waiting.getOrDefault(open.remove(), Set.of())) {
        if (next.phase == Phase.BLOCKED && found.add(next.entry.id())) {
          open.add(next.entry.id());
        }
      }
    }
    return List.copyOf(found);
  }
}
