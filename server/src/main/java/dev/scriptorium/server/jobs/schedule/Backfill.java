package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a worker free for the oldest job that has nowhere enough memory now. Meanwhile other jobs
 * may go there that are expected to end before it could start, or that leave it room. Without that
 * small jobs would pass a large one for ever.
 */
final class Backfill {
  // A promise that is not kept in time is given up for as long, so that no worker stands idle for
  // memory that does not come.
  private static final long GIVEN_UP_AFTER = Micros.MINUTE;
  private static final long UNKNOWN = Micros.SECOND;

  private final Crew crew;
  private @Nullable Task task;
  private @Nullable Seat seat;

  // When it is expected to start, and what memory is left beside it then.
  private long start;
  private long spare;
  private long until;

  // Something on the worker has changed since that was computed.
  private boolean stale;

  private @Nullable Task givenUp;
  private long givenUpUntil;

  Backfill(Crew crew) {
    this.crew = crew;
  }

  /** A line's jobs need more than a worker has now. */
  void refused(Line line, long now) {
    Task oldest = line.oldest;
    Task reserved = task;
    if (oldest == null
        || oldest == reserved
        || (oldest == givenUp && now < givenUpUntil)
        || (reserved != null && !isBefore(oldest, reserved))) {
      return;
    }
    long need = line.size.need();
    Seat best = null;
    long earliest = Run.NEVER;
    for (Seat other : crew.all()) {
      if (other.capacity >= need && line.size.work.canBeDoneBy(other)) {
        if (other.free() >= need) {
          return;
        }
        long expected = expect(other, need, now);
        if (expected < earliest) {
          earliest = expected;
          best = other;
        }
      }
    }
    if (best != null) {
      task = oldest;
      seat = best;
      refresh(oldest, best, now);
      until = start + GIVEN_UP_AFTER;
    }
  }

  private static boolean isBefore(Task one, Task two) {
    return one.tier != two.tier ? one.tier < two.tier : one.arrival < two.arrival;
  }

  /** True when a job of a line, for which there is memory, may go to a worker. */
  boolean allows(Line line, Seat other, long now) {
    Task reserved = task;
    if (reserved == null || other != seat) {
      return true;
    }
    Turn turn = reserved.turn;
    if (turn == null) {
      task = null;
      return true;
    }
    Seat place = seat;
    if (stale && place != null) {
      refresh(reserved, place, now);
    }
    long expected = line.size.micros();
    return turn.line == line
        || line.level.tier < reserved.tier
        || (expected > 0 && now + expected <= start)
        || line.size.need() <= spare;
  }

  /** Something on a worker has changed. */
  void changed(Seat other) {
    stale |= other == seat;
  }

  /** A worker has gone. */
  void left(Seat other) {
    if (other == seat) {
      task = null;
      seat = null;
    }
  }

  /** Lets time pass. */
  void pass(long now) {
    Task reserved = task;
    Seat place = seat;
    if (reserved == null || place == null) {
      return;
    }
    if (reserved.turn == null || reserved.kind().isHeld(now)) {
      task = null;
    } else if (now > until) {
      givenUp = reserved;
      givenUpUntil = now + GIVEN_UP_AFTER;
      task = null;
    } else {
      refresh(reserved, place, now);
    }
  }

  private void refresh(Task reserved, Seat place, long now) {
    start = expect(place, reserved.size.need(), now);
    stale = false;
  }

  // When there will be so much memory; what will be left is noted.
  private long expect(Seat place, long need, long now) {
    List<Run> runs = new ArrayList<>(place.runs);
    runs.sort(Comparator.comparingLong(run -> end(run, now)));
    long free = place.free();
    long when = now;
    for (int i = 0; free < need && i < runs.size(); i++) {
      free += runs.get(i).memoryBytes;
      when = end(runs.get(i), now);
    }
    spare = Math.max(free - need, 0);
    return when;
  }

  private static long end(Run run, long now) {
    long expected = run.task.size.micros();
    long end = run.at + (expected == 0 ? UNKNOWN : expected);
    // What is late will take a while longer.
    return end > now ? end : now + UNKNOWN;
  }
}
