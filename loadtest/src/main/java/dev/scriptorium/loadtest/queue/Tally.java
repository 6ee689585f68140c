package dev.scriptorium.loadtest.queue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Numbers that two processes share through a mapped file, so that looking at them costs the
 * measured one nothing. Thread-safe.
 */
final class Tally {
  /** Jobs that are counted one by one, from 1. */
  static final int SAMPLES = 100_000;

  private static final VarHandle CELL = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment cells;

  /** What can be read and written. */
  enum Count {
    /** Jobs that the worker may have in hand at once; 0: it rests. */
    SLOTS(0),
    /** Jobs begun. */
    STARTED(1),
    /** Ends that the server says are committed. */
    COMMITTED(2),
    /** Attempts that the server says have ended otherwise. */
    FENCED(3);

    private final int cell;

    Count(int cell) {
      this.cell = cell;
    }
  }

  Tally(Path file) throws IOException {
    long size = (long) Long.BYTES * (Count.values().length + SAMPLES + 1);
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      cells = opened.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, size, Arena.global());
    }
  }

  long get(Count count) {
    return (long) CELL.getVolatile(cells, offset(count));
  }

  void set(Count count, long value) {
    CELL.setVolatile(cells, offset(count), value);
  }

  void add(Count count, long more) {
    long _ = (long) CELL.getAndAdd(cells, offset(count), more);
  }

  /** When a sample began, on the machine's monotonic clock, in nanoseconds; 0: not yet. */
  long startedAt(int sample) {
    return (long) CELL.getVolatile(cells, offset(sample));
  }

  void start(int sample, long nanos) {
    CELL.setVolatile(cells, offset(sample), nanos);
  }

  void forgetSamples() {
    for (int sample = 1; sample <= SAMPLES; sample++) {
      start(sample, 0);
    }
  }

  private static long offset(Count count) {
    return (long) Long.BYTES * count.cell;
  }

  private static long offset(int sample) {
    if (sample < 1 || sample > SAMPLES) {
      throw new IllegalArgumentException("sample " + sample);
    }
    return (long) Long.BYTES * (Count.values().length + sample);
  }
}
