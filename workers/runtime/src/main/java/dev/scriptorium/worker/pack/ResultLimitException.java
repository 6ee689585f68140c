package dev.scriptorium.worker.pack;

import java.io.IOException;
import java.io.Serial;

/** A job's result is larger than results may be. Trying again gives the same. */
public final class ResultLimitException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final String limit;

  ResultLimitException(String name, long value) {
    super("its content is larger than a book may be");
    limit = name + "=" + value;
  }

  /** The limit, for example {@code pack-bytes=2147483648}. */
  public String limit() {
    return limit;
  }
}
