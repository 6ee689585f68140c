package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.io.Serial;

/** An embedded program did not start; the message holds what it said last. */
public final class EmbeddedStartException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  EmbeddedStartException(String message) {
    super(message);
  }

  EmbeddedStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
