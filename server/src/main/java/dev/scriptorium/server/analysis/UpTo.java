package dev.scriptorium.server.analysis;

import dev.scriptorium.server.wire.InvalidField;

/** The field {@code up_to} of requests: how far a reader has come. */
final class UpTo {
  private UpTo() {}

  /**
   * The offset before which everything may be told.
   *
   * @param given whether the request has one
   * @return the greatest number there is when it has none
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD when it is negative
   */
  static long of(boolean given, long upTo) {
    require(upTo);
    return given ? upTo : Long.MAX_VALUE;
  }

  /** Refuses what {@link #of} refuses. */
  static void require(long upTo) {
    if (upTo < 0) {
      throw InvalidField.of("up_to", upTo, "0 or more");
    }
  }
}
