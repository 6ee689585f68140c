package dev.scriptorium.worker.files;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The work directory cannot be used; the message says why in one line. */
public final class WorkDirectoryException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  WorkDirectoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
