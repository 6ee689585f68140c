package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workers come, tell what they hold, and go. */
final class Workers {
  private final Board board;

  Workers(Board board) {
    this.board = board;
  }

  Reclaimed join(
      long id,
      String worker,
      List<JobClass> abilities,
      long memoryBytes,
      List<AttemptKey> held,
      long now) {
    Seat seat = board.crew.add(id, worker, abilities, memoryBytes);
    board.crew.unstick();
    Reclaimed reclaimed = reclaim(seat, held, now);
    // It would have told of what it still runs.
    board.watch.expectNoMore(worker, now);
    return reclaimed;
  }

  Reclaimed reclaim(Seat seat, List<AttemptKey> keys, long now) {
    List<AttemptKey> adopted = new ArrayList<>();
    List<AttemptKey> strange = new ArrayList<>();
    List<AttemptKey> unknown = new ArrayList<>();
    for (AttemptKey key : keys) {
      Task task = board.tasks.get(key.job());
      if (task == null) {
        unknown.add(key);
      } else if (reclaim(seat, task, key, now)) {
        adopted.add(key);
      } else {
        strange.add(key);
      }
    }
    return new Reclaimed(adopted, strange, unknown);
  }

  private boolean reclaim(Seat seat, Task task, AttemptKey key, long now) {
    Run run = task.run;
    if (run != null && task.is(key)) {
      move(run, seat, now);
    } else if (mayBegin(task, key)) {
      // It accepted, and the news of it got lost with a server or a stream.
      if (run != null) {
        // What was offered elsewhere meanwhile is taken back: here it runs already.
        board.withdraw(run, now);
      }
      start(task, key, seat, now);
    } else {
      return false;
    }
    board.changed(task);
    return true;
  }

  // Whoever holds an offer that is still open has taken it.
  private void move(Run run, Seat seat, long now) {
    boolean taken = run.task.phase == Phase.OFFERED;
    if (taken) {
      board.begin(run, now);
    }
    Seat before = run.seat;
    if (before != null) {
      before.release(run);
      // The worker has given up that stream. Its memory must not be offered twice, there and here,
      // until the stream is seen to break, whatever still arrives on it.
      before.givenUp |= before != seat;
      board.crew.changed(before);
      board.backfill.changed(before);
    }
    run.awaitedUntil = Run.NEVER;
    seat(run, seat);
    if (taken) {
      board.effect(new Effect.Started(run.key, run.worker));
    }
  }

  private static boolean mayBegin(Task task, AttemptKey key) {
    return task.attempt() == key.attempt()
        && (task.phase == Phase.WAITING || task.phase == Phase.OFFERED);
  }

  private void start(Task task, AttemptKey attempt, Seat seat, long now) {
    board.takeOut(task);
    Run run = new Run(task, attempt, task.size.need(), now);
    task.run = run;
    Key key = task.key;
    if (key != null) {
      board.keys.force(task, key);
    }
    board.count(run);
    board.setPhase(task, Phase.RUNNING);
    board.watch.add(run);
    seat(run, seat);
    board.effect(new Effect.Started(attempt, seat.worker));
  }

  private void seat(Run run, Seat seat) {
    run.worker = seat.worker;
    seat.add(run);
    board.crew.changed(seat);
  }

  void heartbeat(long id, int freeSlots, long freeMemoryBytes) {
    Seat seat = board.crew.find(id);
    if (seat != null) {
      board.crew.heartbeat(seat, freeSlots, freeMemoryBytes);
      board.backfill.changed(seat);
    }
  }

  void leave(long id, long now) {
    Seat seat = board.crew.remove(id);
    if (seat == null) {
      return;
    }
    board.backfill.left(seat);
    for (Run run : List.copyOf(seat.runs)) {
      if (run.task.phase == Phase.OFFERED) {
        board.withdraw(run, now);
      } else {
        seat.release(run);
        run.awaitedUntil = now + Micros.of(board.patience.contact());
      }
    }
  }

  @Nullable Seat find(long id) {
    return board.crew.find(id);
  }
}
