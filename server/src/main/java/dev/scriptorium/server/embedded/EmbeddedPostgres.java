package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A real Postgres as a child of this process: durable, on a random loopback port, as an ordinary
 * user. It is restarted on the same port when it dies, so that connection pools heal by themselves,
 * and it does not outlive this process, however that ends. One per folder: the caller holds the
 * lock of the data directory. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  // Recovery after a crash reads the log since the last checkpoint, at most some GB.
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration FAST_STOP = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(10);

  private final ChildService service;
  private final int port;
  private final String password;

  private EmbeddedPostgres(ChildService service, int port, String password) {
    this.service = service;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server and waits until it answers; the first start also unpacks it and creates its
   * cluster.
   *
   * @throws EmbeddedStartException when it does not start; holds its last lines
   * @throws DirectoryUnusableException when its user cannot reach the folder
   */
  public static EmbeddedPostgres start(PostgresSettings settings)
      throws IOException, InterruptedException {
    PostgresCluster cluster = PostgresCluster.prepare(settings);
    cluster.stopLeftOver();
    int port = freePort();
    Files.writeString(settings.folder().resolve("port"), port + "\n");
    ChildService service =
        new ChildService(
            new ChildService.Launch(
                "postgres",
                cluster.serverCommand(port),
                settings.folder(),
                "",
                "database system is ready to accept connections"),
            new Hooks(
                cluster,
                new Ballast(settings.folder().resolve("ballast"), settings.ballastBytes())));
    service.start(START_TIMEOUT);
    return new EmbeddedPostgres(service, port, cluster.password());
  }

  /** Address of one of its databases, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Name of the superuser. */
  public String user() {
    return PostgresCluster.SUPERUSER;
  }

  /** Password of the superuser; random, from the secret file. */
  public String password() {
    return password;
  }

  /** Process id of the postmaster; empty while there is none. */
  public OptionalLong pid() {
    return service.pid();
  }

  /** Stops the server: at once for its sessions, cleanly for its data. */
  @Override
  public void close() {
    service.close();
  }

  // Somebody may take the port before Postgres does; its start then fails with a clear message.
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private record Hooks(PostgresCluster cluster, Ballast ballast) implements ChildService.Hooks {
    @Override
    public void beforeStart() throws IOException {
      ballast.releaseWhenFull();
    }

    @Override
    public void whileRunning() throws IOException {
      ballast.restoreWhenRoomy();
    }

    // Never SIGKILL: it would leave the shared memory to the next start.
    @Override
    public void stop(Process process) throws IOException, InterruptedException {
      cluster.signal("INT", process.pid());
      if (!process.waitFor(FAST_STOP)) {
        cluster.signal("QUIT", process.pid());
        process.waitFor(IMMEDIATE_STOP);
      }
    }
  }
}
