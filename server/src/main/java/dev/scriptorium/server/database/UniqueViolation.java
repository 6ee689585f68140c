package dev.scriptorium.server.database;

import java.sql.SQLException;

/** Tells when a statement failed because a row with the same key is there. */
public final class UniqueViolation {
  private static final String STATE = "23505";

  private UniqueViolation() {}

  /**
   * @param failure with its causes
   */
  public static boolean caused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && STATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
