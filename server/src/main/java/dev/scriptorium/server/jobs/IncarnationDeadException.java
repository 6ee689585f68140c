package dev.scriptorium.server.jobs;

import java.io.Serial;

/** Another server has taken this one for dead and taken over its jobs. */
public final class IncarnationDeadException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param incarnation of this server
   */
  public IncarnationDeadException(long incarnation) {
    super(
        "another server has taken over from incarnation "
            + incarnation
            + " of this one; start it again");
  }
}
