package dev.scriptorium.server.jobs.schedule;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait for a worker: lower tiers first; in a tier the kind of work whose next job came
 * first; within a kind of work the owners in turn, and each owner's jobs in the order they came.
 */
final class ReadyQueue {
  // How many of one owner's jobs are looked at for one that suits a worker.
  private static final int LOOK_AHEAD = 16;

  private final TreeMap<Integer, Map<JobClass, Line>> tiers = new TreeMap<>();

  /** Puts a job at the end, by its arrival. */
  void add(Task task) {
    line(task).owner(task).addLast(task);
  }

  /** Puts a job back at the front. */
  void addFirst(Task task) {
    line(task).owner(task).addFirst(task);
  }

  /** Takes a job out, wherever it stands. */
  void remove(Task task) {
    Map<JobClass, Line> lines = tiers.get(task.entry.tier());
    Line line = lines == null ? null : lines.get(task.entry.work());
    if (lines == null || line == null) {
      return;
    }
    line.remove(task);
    if (line.owners.isEmpty()) {
      lines.remove(task.entry.work());
    }
  }

  /** Takes the job that is next for a worker. */
  Optional<Task> poll(Predicate<JobClass> able, Predicate<Task> suits) {
    for (Map<JobClass, Line> lines : tiers.values()) {
      Task next = next(lines, able, suits);
      if (next != null) {
        remove(next);
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Task next(
      Map<JobClass, Line> lines, Predicate<JobClass> able, Predicate<Task> suits) {
    Task best = null;
    for (Map.Entry<JobClass, Line> line : lines.entrySet()) {
      if (able.test(line.getKey())) {
        Task candidate = line.getValue().first(suits).orElse(null);
        if (candidate != null && (best == null || candidate.arrival < best.arrival)) {
          best = candidate;
        }
      }
    }
    return best;
  }

  private Line line(Task task) {
    return tiers
        .computeIfAbsent(task.entry.tier(), tier -> new HashMap<>())
        .computeIfAbsent(task.entry.work(), work -> new Line());
  }

  /** Jobs of one kind of work, by owner; the owner served last stands last. */
  private static final class Line {
    final SequencedMap<UUID, SequencedSet<Task>> owners = new LinkedHashMap<>();

    SequencedSet<Task> owner(Task task) {
      return owners.computeIfAbsent(task.entry.owner(), owner -> new LinkedHashSet<>());
    }

    Optional<Task> first(Predicate<Task> suits) {
      return owners.values().stream()
          .flatMap(tasks -> tasks.stream().limit(LOOK_AHEAD).filter(suits).limit(1))
          .findFirst();
    }

    void remove(Task task) {
      SequencedSet<Task> tasks = owners.remove(task.entry.owner());
      if (tasks == null) {
        return;
      }
      tasks.remove(task);
      if (!tasks.isEmpty()) {
        owners.putLast(task.entry.owner(), tasks);
      }
    }
  }
}
