package dev.scriptorium.worker.worker;

/** Whether the worker takes offers, and whether it is to end. Confined to the worker's loop. */
final class Orders {
  private boolean quiet;
  private boolean terminating;

  /** Take no more offers, until {@link #resume}. */
  void rest() {
    quiet = true;
  }

  /** Take offers again. A worker that is to end stays so. */
  void resume() {
    quiet = false;
  }

  /** Take no more offers, and end when the last attempt has ended. */
  void terminate() {
    terminating = true;
  }

  /** True while offers are taken. */
  boolean takesOffers() {
    return !quiet && !terminating;
  }

  /** True when the worker is to end. */
  boolean terminating() {
    return terminating;
  }
}
