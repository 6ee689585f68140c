package dev.scriptorium.server.database;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times every statement and logs the slow ones with their text and without their parameters, which
 * may be what somebody reads.
 */
public final class SlowStatementLog implements SqlLogger {
  private static final Logger LOG = LoggerFactory.getLogger(SlowStatementLog.class);

  private final Timer statements;
  private final Duration threshold;

  /**
   * @param threshold statements that take longer are logged
   */
  public SlowStatementLog(MetricRegistry metrics, Duration threshold) {
    this.statements = metrics.timer("database.statement");
    this.threshold = threshold;
  }

  @Override
  public void logAfterExecution(StatementContext context) {
    record(context);
  }

  @Override
  public void logException(StatementContext context, SQLException failure) {
    record(context);
  }

  private void record(StatementContext context) {
    Duration elapsed = Duration.ofNanos(context.getElapsedTime(ChronoUnit.NANOS));
    statements.update(elapsed);
    if (elapsed.compareTo(threshold) > 0) {
      LOG.warn(
          "slow statement, {} ms: {}",
          elapsed.toMillis(),
          context.getRawSql().strip().replaceAll("\\s+", " "));
    }
  }
}
