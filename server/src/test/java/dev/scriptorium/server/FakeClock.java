package dev.scriptorium.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when it is told to. Thread-safe. */
public final class FakeClock implements InstantSource {
  private volatile Instant now;

  /** Starts at an instant. */
  public FakeClock(Instant now) {
    this.now = now;
  }

  /** Moves on. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
