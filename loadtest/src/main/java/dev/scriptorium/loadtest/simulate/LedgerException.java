package dev.scriptorium.loadtest.simulate;

import java.io.Serial;
import java.sql.SQLException;

/** What a database says when it refuses or does not answer. */
final class LedgerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param state as Postgres numbers it
   */
  LedgerException(String message, String state) {
    super(message, new SQLException(message, state, null));
  }

  static LedgerException connectionLost() {
    return new LedgerException("connection lost", "08006");
  }

  static LedgerException starting() {
    return new LedgerException("the database is starting", "57P03");
  }

  static LedgerException locked() {
    return new LedgerException("lock not available", "55P03");
  }

  static LedgerException duplicate() {
    return new LedgerException("duplicate key", "23505");
  }
}
