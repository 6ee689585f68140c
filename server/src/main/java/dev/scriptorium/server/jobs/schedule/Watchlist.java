package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attempts to which something happens by the mere passing of time, and jobs that are to fall. */
final class Watchlist {
  private final long answer;
  private final long overtime;
  private final List<Run> underWay = new ArrayList<>();
  private final Set<Task> doomed = new LinkedHashSet<>();

  Watchlist(Patience patience) {
    answer = Micros.of(patience.answer());
    overtime = Micros.of(patience.overtime());
  }

  /** Watches an attempt that was offered or runs. */
  void add(Run run) {
    if (run.watchIndex < 0) {
      run.watchIndex = underWay.size();
      underWay.add(run);
    }
  }

  void remove(Run run) {
    if (run.watchIndex >= 0) {
      Run last = underWay.removeLast();
      if (last != run) {
        underWay.set(run.watchIndex, last);
        last.watchIndex = run.watchIndex;
      }
      run.watchIndex = -1;
    }
  }

  /** Remembers a job that is to be failed. */
  void addDoomed(Task task) {
    doomed.add(task);
  }

  void removeDoomed(Task task) {
    doomed.remove(task);
  }

  /** A worker has told what it runs: nothing else of that name is waited for any longer. */
  void expectNoMore(String worker, long now) {
    for (Run run : underWay) {
      if (run.seat == null && run.worker.equals(worker)) {
        run.awaitedUntil = now;
      }
    }
  }

  /** Offers that were not answered in time. */
  List<Run> lapsed(long now) {
    List<Run> lapsed = new ArrayList<>();
    for (Run run : underWay) {
      if (run.task.phase == Phase.OFFERED && now >= run.at + answer) {
        lapsed.add(run);
      }
    }
    return lapsed;
  }

  /** Attempts that the server has to end; each is told once, until its flag is taken back. */
  List<Overdue> overdue(long now) {
    List<Overdue> found = new ArrayList<>();
    for (Run run : underWay) {
      Overdue.Cause cause = run.task.ending ? null : late(run, now);
      if (cause != null) {
        add(found, run.task, run.worker, cause);
      }
    }
    for (Task task : doomed) {
      if (!task.ending) {
        add(found, task, "", Overdue.Cause.DEPENDENCY);
      }
    }
    return found;
  }

  private Overdue.@Nullable Cause late(Run run, long now) {
    if (run.task.phase == Phase.OFFERED) {
      return null;
    }
    if (now >= deadline(run)) {
      return Overdue.Cause.DEADLINE;
    }
    return now < run.awaitedUntil ? null : Overdue.Cause.CONTACT;
  }

  private long deadline(Run run) {
    return run.at + run.task.deadlineMillis * 1000L + overtime;
  }

  private static void add(List<Overdue> found, Task task, String worker, Overdue.Cause cause) {
    task.ending = true;
    found.add(new Overdue(task.id, task.attempt(), worker, cause));
  }

  /** When the next of all this happens; {@link Run#NEVER} when nothing does. */
  long next() {
    long next = Run.NEVER;
    for (Run run : underWay) {
      if (run.task.phase == Phase.OFFERED) {
        next = Math.min(next, run.at + answer);
      } else if (!run.task.ending) {
        next = Math.min(next, Math.min(deadline(run), run.awaitedUntil));
      }
    }
    return next;
  }
}
