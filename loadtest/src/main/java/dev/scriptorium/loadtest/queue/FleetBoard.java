package dev.scriptorium.loadtest.queue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Numbers that the fleet and who measures it share through a mapped file. Thread-safe. */
final class FleetBoard {
  /** Delays are counted in steps of so many microseconds. */
  static final int STEP_MICROS = 100;

  private static final int STEPS = 100_000;
  private static final VarHandle CELL = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment cells;

  /** What can be read and written. */
  enum Count {
    /** When the workers began to connect, on the machine's monotonic clock, in nanoseconds. */
    BEGUN_AT(0),
    /** Workers that were welcomed and whose stream has not broken since. */
    CONNECTED(1),
    /** Times a worker was welcomed. */
    WELCOMED(2),
    /** Attempts begun. */
    STARTED(3),
    /** Ends that the server says are committed. */
    COMMITTED(4),
    /** Attempts that the server says have ended otherwise. */
    FENCED(5),
    /** Workers that have left for a while. */
    LEFT(6),
    /** 1: now and then one leaves. */
    CHURN(7),
    /** 1: all end. */
    END(8);

    private final int cell;

    Count(int cell) {
      this.cell = cell;
    }
  }

  /** Kinds of delays. */
  enum Delay {
    /** From the call that submits a job to its start, in an idle system. */
    PICKUP(0),
    /** From the end of a job to the start of the next in its place. */
    REFILL(1);

    private final int row;

    Delay(int row) {
      this.row = row;
    }
  }

  FleetBoard(Path file) throws IOException {
    long size = (long) Long.BYTES * (Count.values().length + (long) Delay.values().length * STEPS);
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      cells = opened.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, size, Arena.global());
    }
  }

  long get(Count count) {
    return (long) CELL.getVolatile(cells, (long) Long.BYTES * count.cell);
  }

  void set(Count count, long value) {
    CELL.setVolatile(cells, (long) Long.BYTES * count.cell, value);
  }

  void add(Count count, long more) {
    long _ = (long) CELL.getAndAdd(cells, (long) Long.BYTES * count.cell, more);
  }

  void took(Delay delay, long nanos) {
    long step = Math.clamp(nanos / (STEP_MICROS * 1000L), 0, STEPS - 1);
    long _ = (long) CELL.getAndAdd(cells, offset(delay, step), 1L);
  }

  /** Forgets the delays of a kind. */
  void forget(Delay delay) {
    for (int step = 0; step < STEPS; step++) {
      CELL.setVolatile(cells, offset(delay, step), 0L);
    }
  }

  /** The delay below which a share of all lie, in milliseconds; 0 when there are none. */
  double millis(Delay delay, double share) {
    long all = 0;
    for (int step = 0; step < STEPS; step++) {
      all += (long) CELL.getVolatile(cells, offset(delay, step));
    }
    long seen = 0;
    for (int step = 0; step < STEPS; step++) {
      seen += (long) CELL.getVolatile(cells, offset(delay, step));
      if (seen > 0 && seen >= all * share) {
        return (step + 1) * STEP_MICROS / 1000.0;
      }
    }
    return 0;
  }

  private static long offset(Delay delay, long step) {
    return Long.BYTES * (Count.values().length + (long) delay.row * STEPS + step);
  }
}
