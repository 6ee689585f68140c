package dev.scriptorium.server.database;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Remembers the statements that were run, to find queries in loops. Thread-safe. */
public final class StatementCounter implements SqlLogger {
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final AtomicInteger named = new AtomicInteger();

  /** Forgets what was run so far. */
  public void reset() {
    statements.clear();
    named.set(0);
  }

  /** Transactions since the reset that named an owner, or several. */
  public int transactions() {
    return named.get();
  }

  /** The statements since the reset, without the one that names a transaction's owner. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  @Override
  public void logAfterExecution(StatementContext context) {
    String sql = context.getRawSql();
    if (sql.contains("set_config")) {
      named.incrementAndGet();
    } else {
      statements.add(sql);
    }
  }
}
