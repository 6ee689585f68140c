package dev.scriptorium.server.blob;

import java.io.IOException;
import java.io.Serial;

/** Another process writes the same bytes. Goes away when it ends or has died. */
public final class PartialBlobBusyException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  PartialBlobBusyException(String message) {
    super(message);
  }
}
