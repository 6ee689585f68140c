package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/**
 * A real Redis as a child of this process, as a cache alone: it keeps nothing on disk. It is
 * restarted when it dies and does not outlive this process. Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Resource PROGRAM = new Resource("/redis-server-6.2.6-v5-linux-amd64");
  private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final ChildService service;
  private final int port;
  private final String password;

  private EmbeddedRedis(ChildService service, int port, String password) {
    this.service = service;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @param folder holds the program; created when missing
   * @throws EmbeddedStartException when it does not run here, for example for want of OpenSSL 3
   */
  public static EmbeddedRedis start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ServiceUser user = ServiceUser.choose();
    user.checkReachable(folder);
    Path program = Unpacked.program(PROGRAM, folder, "redis-server");
    user.checkReachable(program);
    int port = EmbeddedPostgres.freePort();
    String password = randomPassword();
    ChildService.Launch launch =
        new ChildService.Launch(
            "redis",
            // Its settings come by standard input: a command line is everybody's to read.
            new Programs(user).tied("TERM", List.of(program.toString(), "-")),
            folder,
            settings(port, password),
            "Ready to accept connections");
    ChildService service = new ChildService(launch, new Hooks());
    service.start(START_TIMEOUT);
    return new EmbeddedRedis(service, port, password);
  }

  /** On loopback. */
  public int port() {
    return port;
  }

  /** Random, new with every start. */
  public String password() {
    return password;
  }

  /** Its process id; empty while it does not run. */
  public OptionalLong pid() {
    return service.pid();
  }

  @Override
  public void close() {
    service.close();
  }

  private static String settings(int port, String password) {
    return """
    bind 127.0.0.1
    port %d
    requirepass %s
    save ""
    appendonly no
    maxmemory 64mb
    maxmemory-policy allkeys-lru
    """
        .formatted(port, password);
  }

  private static String randomPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static final class Hooks implements ChildService.Hooks {
    @Override
    public void beforeStart() {}

    @Override
    public void whileRunning() {}

    @Override
    public void stop(Process process) throws InterruptedException {
      process.destroy();
      if (!process.waitFor(STOP_TIMEOUT)) {
        process.destroyForcibly();
      }
    }
  }
}
