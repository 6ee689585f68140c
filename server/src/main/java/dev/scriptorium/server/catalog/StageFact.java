package dev.scriptorium.server.catalog;

import dev.scriptorium.v1.Failure;

/**
 * What the database knows of a tier of an import.
 *
 * @param tier 1 to 3
 * @param state whether it has ended
 * @param slicesDone slices that are analysed; tier 3 only
 * @param slicesTotal slices to analyse; tier 3 only
 * @param degraded true when its result is incomplete
 * @param failure why it has failed; the default instance when it has not
 * @param elapsedMillis from the upload to its end; 0 while not ended
 */
record StageFact(
    int tier,
    State state,
    int slicesDone,
    int slicesTotal,
    boolean degraded,
    Failure failure,
    long elapsedMillis) {

  /** Whether a tier has ended, and how. */
  enum State {
    WAITING,
    DONE,
    FAILED
  }

  /** A tier of which nothing is known. */
  static StageFact waiting(int tier) {
    return new StageFact(tier, State.WAITING, 0, 0, false, Failure.getDefaultInstance(), 0);
  }

  boolean ended() {
    return state != State.WAITING;
  }

  boolean done() {
    return state == State.DONE;
  }

  boolean failed() {
    return state == State.FAILED;
  }
}
