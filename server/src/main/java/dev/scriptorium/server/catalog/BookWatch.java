package dev.scriptorium.server.catalog;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobListener;
import dev.scriptorium.v1.Job.State;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Knows which jobs of which book run now on this server's workers, and wakes those who watch a
 * book. Holds one narrow entry a running job and one a watcher. Thread-safe.
 */
public final class BookWatch implements JobListener {
  /** Somebody who watches a book. Called on the thread of the change; must return at once. */
  interface Watcher {
    /**
     * Something has changed.
     *
     * @param facts true when the database knows more than before; false for mere progress
     */
    void changed(boolean facts);
  }

  private final Map<UUID, Map<Long, LiveJob>> running = new ConcurrentHashMap<>();
  private final Map<UUID, List<Watcher>> watchers = new ConcurrentHashMap<>();

  @Override
  public void changed(Job job, State state, int percent, String activity) {
    if (!job.hasBook()) {
      return;
    }
    boolean runs = state == State.STATE_RUNNING;
    running.compute(
        job.book(),
        (_, jobs) -> {
          Map<Long, LiveJob> next = jobs == null ? new HashMap<>() : new HashMap<>(jobs);
          if (runs) {
            next.put(job.id(), new LiveJob(job.id(), job.tier(), job.kind(), percent, activity));
          } else {
            next.remove(job.id());
          }
          return next.isEmpty() ? null : Map.copyOf(next);
        });
    wake(job.book(), !runs);
  }

  /** The jobs of a book that run now, lower tiers first. */
  List<LiveJob> live(UUID book) {
    return running.getOrDefault(book, Map.of()).values().stream()
        .sorted(Comparator.comparingInt(LiveJob::tier).thenComparingLong(LiveJob::id))
        .toList();
  }

  /** Tells the watchers of a book that its owner has changed it. */
  public void bookChanged(UUID book) {
    wake(book, true);
  }

  void add(UUID book, Watcher watcher) {
    watchers.compute(
        book,
        (_, list) -> {
          List<Watcher> next = list == null ? new CopyOnWriteArrayList<>() : list;
          next.add(watcher);
          return next;
        });
  }

  void remove(UUID book, Watcher watcher) {
    watchers.computeIfPresent(
        book,
        (_, list) -> {
          list.remove(watcher);
          return list.isEmpty() ? null : list;
        });
  }

  /** How many watch a book now. */
  int watcherCount() {
    return watchers.values().stream().mapToInt(List::size).sum();
  }

  private void wake(UUID book, boolean facts) {
    for (Watcher watcher : watchers.getOrDefault(book, List.of())) {
      watcher.changed(facts);
    }
  }
}
