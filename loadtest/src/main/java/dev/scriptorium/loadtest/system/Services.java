package dev.scriptorium.loadtest.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * One Postgres and one Redis that several servers share. Both are started again when they die, on
 * their old ports.
 */
public final class Services implements AutoCloseable {
  private static final Duration READY_BOUND = Duration.ofSeconds(60);

  private final SystemProcess process;
  private final String databaseUrl;
  private final String redisUrl;

  private Services(SystemProcess process, String databaseUrl, String redisUrl) {
    this.process = process;
    this.databaseUrl = databaseUrl;
    this.redisUrl = redisUrl;
  }

  /**
   * Starts both and waits until they answer.
   *
   * @param folder created when missing; its parents must be open to other users
   */
  public static Services start(Installation installation, Path folder) throws IOException {
    Path ready = Files.createDirectories(folder).resolve("services");
    SystemProcess process =
        SystemProcess.start(
            "services", installation.services(folder), folder.resolve("services.log"));
    Await.until(
        "Postgres and Redis",
        READY_BOUND,
        () -> {
          if (!process.alive()) {
            throw new AssertionError("the services ended:\n" + process.log());
          }
          return Files.exists(ready);
        });
    List<String> lines = Files.readAllLines(ready);
    return new Services(process, lines.get(0), lines.get(1));
  }

  /** Port of Postgres. */
  public int databasePort() {
    return URI.create(databaseUrl.substring("jdbc:".length())).getPort();
  }

  /** Port of Redis. */
  public int redisPort() {
    return URI.create(redisUrl).getPort();
  }

  /** What a server takes as its database, with another port. */
  public String databaseUrl(int port) {
    return databaseUrl.replace(":" + databasePort() + "/", ":" + port + "/");
  }

  /** What a server takes as its Redis, with another port. */
  public String redisUrl(int port) {
    return redisUrl.replaceFirst(":" + redisPort() + "$", ":" + port);
  }

  /** A connection as the superuser, straight to Postgres. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(databaseUrl + "&connectTimeout=5&socketTimeout=60");
  }

  /** The main process of Postgres. */
  public ProcessHandle postgres() {
    return child("postgres");
  }

  /** The process of Redis. */
  public ProcessHandle redis() {
    return child("redis-server");
  }

  /** Both, and all they have started. */
  public SystemProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  private ProcessHandle child(String program) {
    return Await.until(
            program,
            READY_BOUND,
            () ->
                process.children(program).stream()
                    .filter(
                        child -> child.parent().map(ProcessHandle::pid).orElse(0L) == process.pid())
                    .toList(),
            found -> found.size() == 1)
        .getFirst();
  }
}
