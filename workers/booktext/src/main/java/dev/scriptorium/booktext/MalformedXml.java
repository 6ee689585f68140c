package dev.scriptorium.booktext;

import java.io.Serial;

/** Thrown when a document is not well-formed; the tolerant parser may still read it. */
public final class MalformedXml extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  MalformedXml(String message, Throwable cause) {
    super(message, cause);
  }
}
