package dev.scriptorium.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock of a server whose clock a fault test may set: the real one plus as many seconds as
 * a file says, looked at ten times a second. Thread-safe.
 */
final class ShiftedClock implements InstantSource {
  /** System property that names the file; no such property, no such clock. */
  static final String PROPERTY = "scriptorium.clock.offset.file";

  private static final Logger LOG = LoggerFactory.getLogger(ShiftedClock.class);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final InstantSource real;
  private final Path file;
  private long lookedNanos = System.nanoTime() - LOOK_NANOS;
  private long offsetSeconds;

  ShiftedClock(InstantSource real, Path file) {
    this.real = real;
    this.file = file;
  }

  /** The real clock, unless the system property asks for this one. */
  static InstantSource of(InstantSource real) {
    String file = System.getProperty(PROPERTY);
    return file == null ? real : new ShiftedClock(real, Path.of(file));
  }

  @Override
  public synchronized Instant instant() {
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_NANOS) {
      lookedNanos = now;
      look();
    }
    return real.instant().plusSeconds(offsetSeconds);
  }

  private void look() {
    try {
      String text = Files.readString(file).strip();
      // Empty while it is being written.
      if (!text.isEmpty()) {
        offsetSeconds = Long.parseLong(text);
      }
    } catch (IOException | NumberFormatException e) {
      LOG.warn("{} says no number of seconds", file, e);
    }
  }
}
