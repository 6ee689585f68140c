package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/**
 * The embedded Postgres and Redis in a process of their own, with no server: for tests and trials
 * in which several servers share them. Runs until SIGTERM, and starts again what dies.
 *
 * <p>One argument, a folder. Once both answer, its file {@code services} holds two lines: what
 * {@code --database-url} and {@code --redis-url} of a server take.
 */
final class ServicesMain {
  private ServicesMain() {}

  /** Starts both and waits for the signal. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("one argument is needed: a folder");
    }
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(PostgresSettings.durable(folder.resolve("pg")));
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("redis"));
    Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
    announce(folder, postgres, redis);
    new CountDownLatch(1).await();
  }

  // Complete or absent: whoever started us waits for the file.
  private static void announce(Path folder, EmbeddedPostgres postgres, EmbeddedRedis redis)
      throws IOException {
    String lines =
        "%s?user=%s&password=%s%nredis://:%s@127.0.0.1:%d%n"
            .formatted(
                postgres.jdbcUrl("postgres"),
                postgres.user(),
                postgres.password(),
                redis.password(),
                redis.port());
    Path unfinished = Files.writeString(folder.resolve("services.tmp"), lines);
    Files.move(unfinished, folder.resolve("services"), StandardCopyOption.ATOMIC_MOVE);
  }
}
