package dev.scriptorium.loadtest.chaos.plugin;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The ways to hurt a runner, and what the system has to make of each. */
public enum Poison {
  /** Fills the heap. */
  HEAP("QUARANTINED", "OOM_HEAP") {
    @Override
    void harm(JobContext job, BookSink sink) {
      List<byte[]> kept = new ArrayList<>();
      while (true) {
        kept.add(new byte[16 << 20]);
        job.progress(0.5, "heap " + kept.size());
      }
    }
  },
  /** Fills the memory of direct buffers. */
  DIRECT("QUARANTINED", "OOM_DIRECT") {
    @Override
    void harm(JobContext job, BookSink sink) {
      List<ByteBuffer> kept = new ArrayList<>();
      while (true) {
        kept.add(ByteBuffer.allocateDirect(8 << 20));
        job.progress(0.5, "direct " + kept.size());
      }
    }
  },
  /** Writes where no memory is. */
  NATIVE("QUARANTINED", "NATIVE_CRASH") {
    @Override
    @SuppressWarnings("restricted") // to crash is the point
    void harm(JobContext job, BookSink sink) {
      MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 1);
    }
  },
  /** Ends the process. */
  EXIT("QUARANTINED", "EXIT") {
    @Override
    void harm(JobContext job, BookSink sink) {
      Runtime.getRuntime().halt(7);
    }
  },
  /** Never ends, and does not listen. */
  LOOP("QUARANTINED", "TIMEOUT") {
    @Override
    void harm(JobContext job, BookSink sink) {
      while (System.nanoTime() != 0) {
        job.progress(0.5, "looping");
      }
    }
  },
  /** Writes to standard error without end. */
  STDERR("QUARANTINED", "TIMEOUT") {
    @Override
    void harm(JobContext job, BookSink sink) {
      String line = "flood ".repeat(1000);
      while (System.nanoTime() != 0) {
        System.err.println(line);
        job.progress(0.5, "flooding");
      }
    }
  },
  /** Makes a result of 400 MB: unwelcome, but no crime. */
  RESULT("SUCCEEDED,FAILED", "") {
    @Override
    void harm(JobContext job, BookSink sink) throws IOException {
      String megabyte = "x".repeat(1 << 20);
      for (int i = 0; i < 400; i++) {
        sink.warning(new Warning("CHAOS", "result " + i, megabyte));
        job.progress(i / 400.0, "writing");
      }
    }
  },
  /** Says no in words that Postgres cannot store. */
  NUL("FAILED", "") {
    @Override
    void harm(JobContext job, BookSink sink) throws JobFailure {
      throw new JobFailure(JobFailure.Reason.FILE_CORRUPT, "a \0 in the middle \ud800 of it");
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> endings;

  private final String cause;

  Poison(String endings, String cause) {
    this.endings = List.of(endings.split(","));
    this.cause = cause;
  }

  /** Kind of the jobs. */
  public String kind() {
    return "chaos-" + name().toLowerCase(java.util.Locale.ROOT);
  }

  /** How its job may end for good. */
  public List<String> endings() {
    return endings;
  }

  /** What has to be named as the cause of every crash; empty when nothing crashes. */
  public String cause() {
    return cause;
  }

  /** True when it ends its runner every time. */
  public boolean deadly() {
    return !cause.isEmpty();
  }

  abstract void harm(JobContext job, BookSink sink) throws IOException, JobFailure;
}
