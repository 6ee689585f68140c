package dev.scriptorium.worker.runner;

import java.io.Serial;

/** No plugin takes such a job: the worker was told so at the start. */
final class UnknownKindException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  UnknownKindException(String kind, String mediaType) {
    super("no plugin takes " + kind + " of " + mediaType);
  }
}
