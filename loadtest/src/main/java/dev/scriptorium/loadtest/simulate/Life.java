package dev.scriptorium.loadtest.simulate;

/** One start of a simulated process. What it was to do is dropped when it is dead. */
final class Life {
  boolean dead;

  /** Of a server, once it is registered. */
  long incarnation;

  /** Virtual time at which a stopped process goes on. */
  long frozenUntil;

  /** Stops it; who is stopped already does not go on earlier. */
  void freeze(long until) {
    frozenUntil = Math.max(frozenUntil, until);
  }

  boolean isFrozen(long now) {
    return frozenUntil > now;
  }
}
