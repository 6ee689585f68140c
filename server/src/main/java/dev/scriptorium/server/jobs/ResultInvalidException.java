package dev.scriptorium.server.jobs;

import java.io.Serial;

/** A result breaks a rule of results.proto; the message says which. */
public final class ResultInvalidException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message names the item and the rule
   */
  public ResultInvalidException(String message) {
    super(message);
  }
}
