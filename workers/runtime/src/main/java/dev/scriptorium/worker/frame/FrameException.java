package dev.scriptorium.worker.frame;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are no frame. Nothing after them can be read. */
public final class FrameException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  FrameException(String message) {
    super(message);
  }

  FrameException(String message, Throwable cause) {
    super(message, cause);
  }
}
