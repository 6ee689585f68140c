package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait for a worker: lower tiers first; in a tier the priority whose longest waiting job
 * ranks first, ageing included; of one priority the owners by what they have had; of one owner the
 * jobs in the order they came.
 */
final class ReadyQueue {
  private static final int TIERS = 3;
  private static final int PRIORITIES = 101;

  private final @Nullable Level[] levels = new Level[TIERS * PRIORITIES];

  // Of each tier, those that are not empty.
  private final List<List<Level>> busy = new ArrayList<>();
  private int size;

  /** Says whether a worker may get a job, and hears why not. */
  interface Guard {
    /** True when any job of a line may go to the worker. */
    boolean opens(Line line, Seat seat);

    /** True when this job may go to the worker; asked only where it may depend on the job. */
    boolean suits(Task task, Seat seat);
  }

  ReadyQueue() {
    for (int tier = 0; tier < TIERS; tier++) {
      busy.add(new ArrayList<>());
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Takes a job in.
   *
   * @param first before all others of its owner: it was there already
   * @return true when no other like it waits
   */
  boolean add(Task task, boolean first) {
    Level level = level(task);
    if (level.lines.isEmpty()) {
      busy.get(level.tier - 1).add(level);
    }
    size++;
    return level.add(task, first);
  }

  /** Takes a job out, wherever it stands. */
  void remove(Task task) {
    Turn turn = task.turn;
    if (turn != null) {
      Level level = turn.line.level;
      level.remove(task, turn);
      size--;
      if (level.lines.isEmpty()) {
        busy.get(level.tier - 1).remove(level);
      }
    }
  }

  /** Gives back what was charged for an offer that was not taken. */
  void refund(Task task, long cost) {
    level(task).refund(task.owner, cost);
  }

  private Level level(Task task) {
    int at = (task.tier - 1) * PRIORITIES + task.priority;
    Level level = levels[at];
    if (level == null) {
      level = new Level(task.tier, task.priority);
      levels[at] = level;
    }
    return level;
  }

  /** The job that is next for a worker; it stays where it is. */
  @Nullable Task next(Seat seat, Guard guard) {
    for (int tier = 0; tier < TIERS; tier++) {
      List<Level> here = busy.get(tier);
      Task next =
          switch (here.size()) {
            case 0 -> null;
            case 1 -> next(here.getFirst(), seat, guard);
            default -> next(here, seat, guard);
          };
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  private static @Nullable Task next(List<Level> some, Seat seat, Guard guard) {
    List<Level> left = new ArrayList<>(some);
    while (!left.isEmpty()) {
      int best = 0;
      long rank = Long.MAX_VALUE;
      for (int i = 0; i < left.size(); i++) {
        long other = left.get(i).rank();
        if (other < rank) {
          rank = other;
          best = i;
        }
      }
      Task next = next(left.remove(best), seat, guard);
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  private static @Nullable Task next(Level level, Seat seat, Guard guard) {
    Task best = null;
    long had = Long.MAX_VALUE;
    for (int i = 0; i < level.lines.size(); i++) {
      Line line = level.lines.get(i);
      if (line.size.work.canBeDoneBy(seat) && guard.opens(line, seat)) {
        Task first = line.size.crashed ? line.first(task -> guard.suits(task, seat)) : line.first();
        Turn turn = first == null ? null : first.turn;
        if (first != null && turn != null) {
          long other = level.had(turn);
          if (best == null || other < had || (other == had && first.arrival < best.arrival)) {
            best = first;
            had = other;
          }
        }
      }
    }
    return best;
  }

  /** Every line in which a job waits. */
  void forEachLine(Consumer<Line> seen) {
    for (List<Level> tier : busy) {
      for (Level level : tier) {
        level.lines.forEach(seen);
      }
    }
  }
}
