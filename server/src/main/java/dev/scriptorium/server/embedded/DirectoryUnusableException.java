package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.io.Serial;

/** The data directory cannot be used; the message is one line that says why and what to do. */
public final class DirectoryUnusableException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  DirectoryUnusableException(String message) {
    super(message);
  }

  DirectoryUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
