package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of offers and attempts. */
final class Attempts {
  private final Board board;
  private final Retry retry;

  Attempts(Board board, Retry retry) {
    this.board = board;
    this.retry = retry;
  }

  /** The open offer or running attempt that a worker speaks of; null when it may not. */
  private @Nullable Run of(long seat, AttemptKey key) {
    Task task = board.tasks.get(key.job());
    Run run = task == null || !task.is(key) ? null : task.run;
    Seat place = run == null ? null : run.seat;
    return place != null && place.id == seat ? run : null;
  }

  boolean accept(long seat, AttemptKey key, long now) {
    Run run = of(seat, key);
    if (run == null) {
      return false;
    }
    if (run.task.phase == Phase.OFFERED) {
      board.begin(run, now);
      board.effect(new Effect.Started(run.key, run.worker));
      board.changed(run.task);
    }
    return true;
  }

  /** A worker has done what it never said it had taken. */
  void done(long seat, AttemptKey key, long now) {
    Run run = of(seat, key);
    if (run != null && run.task.phase == Phase.OFFERED) {
      board.begin(run, now);
    }
  }

  void decline(long seat, AttemptKey key, long now) {
    Run run = of(seat, key);
    if (run != null && run.task.phase == Phase.OFFERED) {
      unanswered(run, now);
    }
  }

  void full(long seat, AttemptKey key, long now) {
    Run run = of(seat, key);
    if (run != null && run.task.phase == Phase.OFFERED) {
      Seat full = run.seat;
      if (full != null) {
        full.filled();
      }
      board.withdraw(run, now);
    }
  }

  /** A worker does not take an offer; for a while it gets no other. */
  void unanswered(Run run, long now) {
    Seat seat = run.seat;
    if (seat != null) {
      board.crew.holdOff(seat, now + Micros.of(board.patience.holdOff()));
    }
    board.withdraw(run, now);
  }

  boolean progress(AttemptKey key, int percent, String activity) {
    Task task = board.tasks.get(key.job());
    Run run = task == null ? null : task.run;
    if (task == null || run == null || task.phase != Phase.RUNNING || !task.is(key)) {
      return false;
    }
    if (percent > run.percent || (percent == run.percent && !activity.equals(run.activity))) {
      run.percent = percent;
      run.activity = activity;
      board.changed(task);
    }
    return true;
  }

  Optional<Decision> decide(
      long job,
      int attempt,
      @Nullable Long token,
      Ending ending,
      boolean retryable,
      String dependency,
      Instant now) {
    Task task = board.tasks.get(job);
    if (task == null || task.phase == Phase.UNCOMMITTED || task.attempt() != attempt) {
      return Optional.empty();
    }
    Run run = task.run;
    if (token != null
        && (run == null || task.phase != Phase.RUNNING || run.token != token.longValue())) {
      return Optional.empty();
    }
    if (ending == Ending.RELEASED && !dependency.isEmpty()) {
      // Once the breaker is open it says when; until then the job waits a little.
      Instant again =
          board.breakers.holdsBack(dependency)
              ? now
              : retry.handedBack(task.dependencyFailures + 1, now);
      return Optional.of(new Decision(ending, again, dependency));
    }
    return Optional.of(retry.decide(task.history, ending, retryable, now));
  }

  void end(long job, int attempt, Decision decision, String worker, boolean stop, long now) {
    Task task = board.tasks.get(job);
    if (task == null || task.attempt() != attempt) {
      return;
    }
    Run run = task.run;
    leaveWork(task, run, stop);
    judge(task, run, decision, now);
    task.run = null;
    task.ending = false;
    task.history = task.history.with(decision, worker);
    Instant retryAt = decision.retryAt();
    if (retryAt == null) {
      board.forget(task, now);
      board.effect(new Effect.Ended(job, decision.ending()));
      release(task, decision.ending() == Ending.SUCCEEDED, now);
    } else {
      // Another server may have written it, by another clock: no delay is longer than the longest.
      again(task, decision, Micros.notBefore(retry.bounded(retryAt, Micros.instant(now))), now);
    }
  }

  private void leaveWork(Task task, @Nullable Run run, boolean stop) {
    board.takeOut(task);
    if (run != null) {
      Seat seat = board.leaveSeat(run);
      if (seat != null && stop) {
        board.effect(new Effect.Stop(seat.id, run.key));
      }
    }
  }

  // What the end of an attempt says of dependencies.
  private void judge(Task task, @Nullable Run run, Decision decision, long now) {
    if (decision.ending() == Ending.SUCCEEDED) {
      if (board.breakers.succeeded(task.kind(), run)) {
        board.crew.unstick();
      }
    } else if (!decision.dependency().isEmpty()) {
      board.breakers.failed(decision.dependency(), task.kind(), run, now);
    }
    if (run != null) {
      board.breakers.undecided(run, now);
    }
  }

  private void again(Task task, Decision decision, long from, long now) {
    if (decision.dependency().isEmpty()) {
      task.dependencyFailures = 0;
    } else if (task.dependencyFailures < Short.MAX_VALUE) {
      task.dependencyFailures++;
    }
    if (decision.ending() == Ending.CRASHED && !task.size.crashed) {
      task.size = board.classes.crashed(task.size);
    }
    Key key = task.key;
    if (key != null) {
      board.keys.ended(task, key, now);
    }
    if (from <= now && isStray(decision)) {
      board.putBack(task, now);
    } else {
      board.park(task, from, now);
    }
  }

  // It fell with what it ran on: somebody has waited for it long enough.
  private static boolean isStray(Decision decision) {
    return decision.dependency().isEmpty()
        && (decision.ending() == Ending.LOST || decision.ending() == Ending.RELEASED);
  }

  private void release(Task ended, boolean succeeded, long now) {
    release(board.dependencies.ended(ended), succeeded, now);
  }

  /** A job that is not in memory has ended for good. */
  void endedElsewhere(long job, boolean succeeded, long now) {
    release(board.dependencies.endedElsewhere(job), succeeded, now);
  }

  private void release(Set<Task> waiting, boolean succeeded, long now) {
    for (Task next : waiting) {
      if (!succeeded) {
        doom(next);
      } else if (next.phase == Phase.BLOCKED && next.unmet == null && !next.doomed) {
        board.park(next, next.at, now);
      }
    }
  }

  void doom(Task task) {
    task.doomed = true;
    if (task.phase == Phase.BLOCKED) {
      board.watch.addDoomed(task);
    }
  }

  /** Lets time pass: delays end, offers lapse. */
  List<Overdue> overdue(long now) {
    for (Task task : board.delays.takeDue(now)) {
      board.park(task, task.at, now);
    }
    for (Run run : board.watch.lapsed(now)) {
      unanswered(run, now);
    }
    board.keys.pass(now);
    board.breakers.forget(now);
    board.backfill.pass(now);
    // Minutes and probes may have come: whoever has room is asked again.
    board.crew.unstick();
    return board.watch.overdue(now);
  }
}
