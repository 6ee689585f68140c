package dev.scriptorium.server;

import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.server.ServerConfig.DatabaseSource;
import dev.scriptorium.server.ServerConfig.RedisSource;
import dev.scriptorium.server.blob.FileBlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.cache.RedisAddress;
import dev.scriptorium.server.cache.RedisLevel;
import dev.scriptorium.server.cache.TwoLevelCache;
import dev.scriptorium.server.cache.TwoLevelCache.Sight;
import dev.scriptorium.server.database.Databases;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.Logins;
import dev.scriptorium.server.database.Migrations;
import dev.scriptorium.server.database.PoolSizes;
import dev.scriptorium.server.database.Roles;
import dev.scriptorium.server.database.SlowStatementLog;
import dev.scriptorium.server.embedded.DataDirectory;
import dev.scriptorium.server.embedded.EmbeddedPostgres;
import dev.scriptorium.server.embedded.EmbeddedRedis;
import dev.scriptorium.server.embedded.EmbeddedStartException;
import dev.scriptorium.server.embedded.PostgresSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that outlives a request, opened: database, cache and blobs.
 *
 * @param databases pools of a migrated database
 * @param cache two levels, or one
 * @param blobs book files and packs
 */
record Storage(Databases databases, Cache cache, FileBlobStore blobs) {
  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final Duration SLOW_STATEMENT = Duration.ofMillis(250);
  private static final int MEMORY_SHARE = 8;

  /**
   * Opens all three; what is started is added to the lifecycle.
   *
   * @throws StartException with the reason and the exit code
   */
  static Storage open(
      ServerConfig config,
      DataDirectory data,
      MetricRegistry metrics,
      InstantSource clock,
      Lifecycle lifecycle)
      throws StartException, InterruptedException {
    try {
      FileBlobStore blobs =
          new FileBlobStore(data.privateFolder("blobs"), config.freeSpaceFloor().bytes(), clock);
      checkSpace(blobs, config);
      Databases databases = databases(config.database(), data, metrics, lifecycle);
      Cache cache = cache(config, data, metrics, clock, lifecycle);
      return new Storage(databases, cache, blobs);
    } catch (EmbeddedStartException e) {
      throw new StartException(ExitCode.EMBEDDED_FAILED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new StartException(
          ExitCode.DATA_DIR_UNUSABLE, "data directory cannot be used: " + e.getMessage(), e);
    }
  }

  private static void checkSpace(FileBlobStore blobs, ServerConfig config)
      throws IOException, StartException {
    if (blobs.full()) {
      throw new StartException(
          ExitCode.DISK_FULL,
          "only %d bytes are free below %s; --free-space-floor asks for %d"
              .formatted(blobs.freeBytes(), config.dataDir(), config.freeSpaceFloor().bytes()));
    }
  }

  private static Databases databases(
      DatabaseSource source, DataDirectory data, MetricRegistry metrics, Lifecycle lifecycle)
      throws IOException, InterruptedException, StartException {
    try {
      Logins logins = logins(source, data, lifecycle);
      new Migrations(logins.owner()).run();
      PoolSizes sizes = PoolSizes.forCores(Runtime.getRuntime().availableProcessors());
      return lifecycle.add(
          new Databases(logins, sizes, new SlowStatementLog(metrics, SLOW_STATEMENT)));
    } catch (SQLException
        | FlywayException
        | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
      throw new StartException(
          ExitCode.DATABASE_UNREACHABLE, "database cannot be used: " + firstLine(e), e);
    }
  }

  private static Logins logins(DatabaseSource source, DataDirectory data, Lifecycle lifecycle)
      throws IOException, InterruptedException, SQLException {
    return switch (source) {
      case DatabaseSource.Embedded _ -> {
        EmbeddedPostgres postgres =
            lifecycle.add(
                EmbeddedPostgres.start(PostgresSettings.durable(data.path().resolve("pg"))));
        yield new Roles(
                new Login(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password()))
            .prepare();
      }
      case DatabaseSource.Privileged(Login login) -> new Roles(login).prepare();
      case DatabaseSource.Prepared(Logins logins) -> logins;
    };
  }

  private static Cache cache(
      ServerConfig config,
      DataDirectory data,
      MetricRegistry metrics,
      InstantSource clock,
      Lifecycle lifecycle)
      throws IOException, InterruptedException {
    long memory = Runtime.getRuntime().maxMemory() / MEMORY_SHARE;
    String absence = "no Redis: the cache is in memory alone";
    Optional<RedisAddress> address = Optional.empty();
    switch (config.redis()) {
      case RedisSource.None _ -> {}
      case RedisSource.External(RedisAddress external) -> address = Optional.of(external);
      case RedisSource.Embedded _ -> {
        try {
          EmbeddedRedis redis = lifecycle.add(EmbeddedRedis.start(data.path().resolve("redis")));
          address = Optional.of(new RedisAddress("127.0.0.1", redis.port(), redis.password()));
        } catch (IOException e) {
          // A cache is a convenience: the server is of use without it.
          absence = "embedded Redis does not run here: " + e.getMessage();
          LOG.warn("{}", absence);
        }
      }
    }
    Optional<RedisLevel> level = address.map(a -> lifecycle.add(new RedisLevel(a, clock)));
    String name = ServerName.of(config.chosenName(), data.path(), new SecureRandom());
    return new TwoLevelCache(
        new TwoLevelCache.Settings(memory, sight(config), name, absence, System::nanoTime),
        level,
        metrics);
  }

  private static Sight sight(ServerConfig config) {
    if (config.database() instanceof DatabaseSource.Embedded) {
      return Sight.ALONE;
    }
    // An embedded Redis is this server's own: others that use the database are not heard there.
    return config.redis() instanceof RedisSource.External ? Sight.THROUGH_REDIS : Sight.BLIND;
  }

  private static String firstLine(Exception e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
  }
}
