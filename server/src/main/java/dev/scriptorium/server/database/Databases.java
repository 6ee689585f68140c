package dev.scriptorium.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;

/**
 * The connection pools of the two working roles, kept apart so that neither starves the other. They
 * heal by themselves when the database comes back. Thread-safe.
 *
 * <p>Nothing depends on the state of a session, so a pooler in transaction mode may stand between;
 * then put {@code prepareThreshold=0} into the address.
 */
public final class Databases implements AutoCloseable {
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
  private static final Duration KEEPALIVE = Duration.ofMinutes(2);

  private final HikariDataSource apiPool;
  private final HikariDataSource schedulerPool;
  private final Database api;
  private final Database scheduler;

  /**
   * @param logins roles of a migrated database
   * @param sqlLogger hears of every statement
   */
  public Databases(Logins logins, PoolSizes sizes, SqlLogger sqlLogger) {
    this.apiPool = pool("api", logins.api(), sizes.api());
    this.schedulerPool = pool("scheduler", logins.scheduler(), sizes.scheduler());
    this.api = new Database(jdbi(apiPool, sqlLogger));
    this.scheduler = new Database(jdbi(schedulerPool, sqlLogger));
  }

  /** Transactions for callers of the API: they see one owner's rows. */
  public Database api() {
    return api;
  }

  /** Transactions for the system itself: they see all rows. */
  public Database scheduler() {
    return scheduler;
  }

  /**
   * Asks the database for an answer.
   *
   * @throws SQLException when there is none within two seconds
   */
  public void check() throws SQLException {
    try (Connection connection = schedulerPool.getConnection()) {
      if (!connection.isValid((int) CONNECTION_TIMEOUT.toSeconds())) {
        throw new SQLException("connection is not valid", "08006");
      }
    }
  }

  /** Connections in use now, of both pools. */
  public int busy() {
    return apiPool.getHikariPoolMXBean().getActiveConnections()
        + schedulerPool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public void close() {
    apiPool.close();
    schedulerPool.close();
  }

  private static HikariDataSource pool(String name, Login login, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(login.url());
    config.setUsername(login.user());
    config.setPassword(login.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    config.setKeepaliveTime(KEEPALIVE.toMillis());
    config.addDataSourceProperty("ApplicationName", "scriptorium-" + name);
    config.addDataSourceProperty("connectTimeout", "2");
    // Longer than any statement timeout; it ends the wait for a peer that is gone without a word.
    config.addDataSourceProperty("socketTimeout", "45");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return new HikariDataSource(config);
  }

  // So that a list can be bound to `= any(:ids)` and `unnest(:ids)`.
  static Jdbi jdbi(DataSource pool, SqlLogger sqlLogger) {
    return Jdbi.create(pool)
        .setSqlLogger(sqlLogger)
        .registerArrayType(UUID.class, "uuid")
        .registerArrayType(String.class, "text")
        .registerArrayType(Long.class, "bigint")
        .registerArrayType(Integer.class, "integer");
  }
}
