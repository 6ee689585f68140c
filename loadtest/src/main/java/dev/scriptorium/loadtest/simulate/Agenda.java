package dev.scriptorium.loadtest.simulate;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen, in the order of virtual time. One thread. */
final class Agenda {
  private static final int DEEPEST = 4;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong((Event event) -> event.at)
              .thenComparingLong(event -> event.order));
  private long now;
  private long order;
  private long steps;
  private int depth;

  private record Event(long at, long order, Strand strand, Runnable work) {}

  /** Virtual milliseconds since the start. */
  long now() {
    return now;
  }

  long steps() {
    return steps;
  }

  /** Has something done on a strand after a while. */
  void after(long millis, Strand strand, Runnable work) {
    events.add(new Event(now + millis, ++order, strand, work));
  }

  /** Does what is next. */
  void step() {
    Event event = events.remove();
    Strand strand = event.strand;
    if (strand.life.dead) {
      return;
    }
    now = Math.max(now, event.at);
    if (strand.life.isFrozen(now)) {
      events.add(new Event(strand.life.frozenUntil, event.order, strand, event.work));
    } else if (strand.busy) {
      // In its turn, before whatever comes later on that strand.
      strand.waiting.add(() -> events.add(new Event(now, event.order, strand, event.work)));
    } else {
      run(event);
    }
  }

  private void run(Event event) {
    steps++;
    event.strand.busy = true;
    try {
      event.work.run();
    } catch (KilledError e) {
      if (e.life() != event.strand.life) {
        throw e;
      }
    } finally {
      event.strand.free();
    }
  }

  /**
   * Lets others go on while something of this life is under way, and as long as it is frozen.
   *
   * @param count how many steps
   */
  void meanwhile(int count, Life life) {
    if (depth >= DEEPEST) {
      return;
    }
    depth++;
    try {
      for (int i = 0; i < count || (life.isFrozen(now) && !life.dead && i < 2000); i++) {
        if (events.isEmpty()) {
          return;
        }
        step();
      }
    } finally {
      depth--;
    }
  }

  boolean isEmpty() {
    return events.isEmpty();
  }
}
