package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs to which something happens by the mere passing of time. */
final class Watchlist {
  private final Patience patience;
  private final PriorityQueue<Task> delayed = new PriorityQueue<>(Comparator.comparing(t -> t.at));
  private final Set<Task> underWay = new LinkedHashSet<>();
  private final Set<Task> doomed = new LinkedHashSet<>();

  Watchlist(Patience patience) {
    this.patience = patience;
  }

  /** Watches for the time at which a job may be tried again. */
  void addDelayed(Task task) {
    delayed.add(task);
  }

  /** Watches an attempt that was offered or runs. */
  void addUnderWay(Task task) {
    underWay.add(task);
  }

  /** Remembers a job that is to be failed. */
  void addDoomed(Task task) {
    doomed.add(task);
  }

  void remove(Task task) {
    delayed.remove(task);
    underWay.remove(task);
    doomed.remove(task);
  }

  /** A worker has told what it runs: nothing else of that name is waited for any longer. */
  void expectNoMore(String worker, Instant now) {
    for (Task task : underWay) {
      if (task.seat == null && task.worker.equals(worker)) {
        task.awaitedUntil = now;
      }
    }
  }

  /** Takes out the delayed jobs whose time has come, the earliest first. */
  List<Task> takeReady(Instant now) {
    List<Task> ready = new ArrayList<>();
    while (!delayed.isEmpty() && !delayed.element().at.isAfter(now)) {
      ready.add(delayed.remove());
    }
    return ready;
  }

  /** Offers that were not answered in time. */
  List<Task> lapsed(Instant now) {
    return underWay.stream()
        .filter(task -> task.phase == Phase.OFFERED)
        .filter(task -> !now.isBefore(task.at.plus(patience.answer())))
        .toList();
  }

  /** Attempts that the server has to end; each is told once, until its flag is taken back. */
  List<Overdue> overdue(Instant now) {
    List<Overdue> found = new ArrayList<>();
    underWay.forEach(task -> add(found, task, late(task, now)));
    doomed.forEach(task -> add(found, task, Overdue.Cause.DEPENDENCY));
    return found;
  }

  private Overdue.@Nullable Cause late(Task task, Instant now) {
    if (task.phase == Phase.OFFERED) {
      return null;
    }
    if (!now.isBefore(task.at.plus(task.entry.deadline()).plus(patience.overtime()))) {
      return Overdue.Cause.DEADLINE;
    }
    return now.isBefore(task.awaitedUntil) ? null : Overdue.Cause.CONTACT;
  }

  private static void add(List<Overdue> found, Task task, Overdue.@Nullable Cause cause) {
    if (cause != null && !task.ending) {
      task.ending = true;
      found.add(new Overdue(task.entry.id(), task.attempt(), task.worker, cause));
    }
  }
}
