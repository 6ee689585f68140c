package dev.scriptorium.server.jobs.schedule;

import java.util.function.LongSupplier;

/** Offers what waits to whoever has room. */
final class Matcher implements ReadyQueue.Guard {
  // So long a job that has crashed waits for a worker where it has not.
  private static final long CHOOSY = 30 * Micros.SECOND;
  private static final int SOLO_AFTER = 2;

  private final Board board;
  private final LongSupplier tokens;
  private long now;

  Matcher(Board board, LongSupplier tokens) {
    this.board = board;
    this.tokens = tokens;
  }

  void match(long at) {
    if (board.ready.isEmpty()) {
      return;
    }
    now = at;
    board.crew.pass(now);
    for (Seat seat = board.crew.next(); seat != null; seat = board.crew.next()) {
      Task task = board.ready.next(seat, this);
      Key key = task == null ? null : task.key;
      if (task != null && key != null && key.isExceeded()) {
        board.holdBack(task, key);
        if (board.ready.isEmpty()) {
          return;
        }
      } else if (task != null) {
        offer(task, seat);
        if (board.ready.isEmpty()) {
          return;
        }
      } else {
        board.crew.setStuck(seat);
      }
    }
  }

  @Override
  public boolean opens(Line line, Seat seat) {
    SizeClass size = line.size;
    if (size.work.kind.isHeld(now)) {
      return false;
    }
    if (size.need() > seat.free()) {
      board.backfill.refused(line, now);
      return false;
    }
    return board.backfill.allows(line, seat, now);
  }

  @Override
  public boolean suits(Task task, Seat seat) {
    return !hasCrashedOn(task, seat) || now - task.arrival > CHOOSY || !anyOther(task);
  }

  private static boolean hasCrashedOn(Task task, Seat seat) {
    return task.history.crashedOn().contains(seat.worker);
  }

  private boolean anyOther(Task task) {
    for (Seat seat : board.crew.all()) {
      if (!hasCrashedOn(task, seat)
          && task.size.work.canBeDoneBy(seat)
          && seat.capacity >= task.size.need()) {
        return true;
      }
    }
    return false;
  }

  private void offer(Task task, Seat seat) {
    Turn turn = task.turn;
    if (turn == null) {
      throw new IllegalStateException("job " + task.id + " does not wait");
    }
    AttemptKey attempt = new AttemptKey(task.id, task.attempt(), tokens.getAsLong());
    Run run = new Run(task, attempt, task.size.need(), now);
    run.cost = turn.line.level.charge(task, turn);
    board.takeOut(task);
    task.run = run;
    board.setPhase(task, Phase.OFFERED);
    board.count(run);
    run.worker = seat.worker;
    seat.offered(run);
    board.crew.changed(seat);
    board.backfill.changed(seat);
    board.watch.add(run);
    board.breakers.offered(run);
    boolean solo = task.history.crashes() >= SOLO_AFTER || hasCrashedOn(task, seat);
    board.effect(new Effect.Offer(seat.id, attempt, run.memoryBytes, solo));
  }
}
