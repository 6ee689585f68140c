package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;

/** Entity tags of books: the quoted revision. */
final class Etag {
  private Etag() {}

  static String of(long revision) {
    return "\"" + revision + "\"";
  }

  /**
   * @param given as sent; empty when the caller does not care
   * @throws ApiException ETAG_MISMATCH when it is not the revision's
   */
  static void require(String given, long revision) {
    String current = of(revision);
    if (!given.isEmpty() && !given.equals(current)) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "the book has changed: its etag is " + current + ", not " + given + "; read it again",
          Map.of("etag", current));
    }
  }
}
