package dev.scriptorium.loadtest.simulate;

import java.io.Serial;

/** The simulated process was killed while this ran: nothing of it goes on. */
final class KilledError extends Error {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Life life;

  KilledError(Life life) {
    super("killed", null, false, false);
    this.life = life;
  }

  Life life() {
    return life;
  }
}
