package dev.scriptorium.loadtest.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server without a worker, in a folder of its own, with its embedded database. One thread. */
public final class LoneServer implements AutoCloseable {
  private static final Duration READY_BOUND = Duration.ofSeconds(60);

  private final Installation installation;
  private final Path folder;
  private final String heap;
  private final List<String> flags;
  private final String address;
  private SystemProcess process;

  private LoneServer(Installation installation, Path folder, String heap, List<String> flags)
      throws IOException {
    this.installation = installation;
    this.folder = folder;
    this.heap = heap;
    this.flags = flags;
    process = launch("127.0.0.1:0");
    address = Files.readString(announcement()).strip();
  }

  private SystemProcess launch(String listen) throws IOException {
    List<String> arguments = List.of("--data-dir", dataDir().toString(), "--listen", listen);
    List<String> command = installation.server(heap, flags, arguments);
    SystemProcess started = SystemProcess.start("server", command, folder.resolve("server.log"));
    Await.until(
        "the server's start",
        READY_BOUND,
        () -> {
          if (!started.alive()) {
            // An error, not an exception: there is nothing left to wait for.
            throw new AssertionError("the server ended:\n" + started.log());
          }
          return Files.exists(announcement()) && !Files.readString(announcement()).isBlank();
        });
    return started;
  }

  private Path announcement() {
    return dataDir().resolve("server.address");
  }

  /** kill -9, then starts it at the same address and waits until it serves. */
  public void restart() throws IOException {
    process.kill();
    Files.deleteIfExists(announcement());
    process = launch(address);
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param heap its most, as Java's {@code -Xmx} has it
   * @param flags others for its JVM
   */
  public static LoneServer start(String heap, String... flags) throws IOException {
    return new LoneServer(
        Installation.find(), Installation.newFolder("server"), heap, List.of(flags));
  }

  /** Its process. */
  public SystemProcess process() {
    return process;
  }

  /** Where it listens, host and port. */
  public String address() {
    return address;
  }

  /** Where it keeps its data. */
  public Path dataDir() {
    return folder.resolve("data");
  }

  /** Where everything of this run is. */
  public Path folder() {
    return folder;
  }

  /** Calls as the operator. */
  public Api api() throws IOException {
    return Api.connect(address, Files.readString(dataDir().resolve("keys/operator.key")).strip());
  }

  /** Port of its database on the loopback address. */
  public int databasePort() throws IOException {
    return Integer.parseInt(Files.readString(dataDir().resolve("pg/port")).strip());
  }

  /** Password of its database's superuser, {@code scriptorium}. */
  public String databasePassword() throws IOException {
    return Files.readString(dataDir().resolve("pg/secret")).strip();
  }

  /** The command that speaks for it where other queues are measured. */
  public List<String> adapter() {
    List<String> command =
        new ArrayList<>(
            installation.loadTest(
                List.of(
                    "queue-adapter",
                    "--server",
                    address,
                    "--keys",
                    dataDir().resolve("keys").toString())));
    // It lives for seconds: the better compiler would not be done before it ends.
    command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    return command;
  }

  /** Starts a command of this program in another process. */
  public SystemProcess companion(String name, List<String> arguments) throws IOException {
    return SystemProcess.start(
        name, installation.loadTest(arguments), folder.resolve(name + ".log"));
  }

  /**
   * Starts a command of this program in another process, all threads of which run when no others
   * want to.
   */
  public SystemProcess companionOfLowPriority(String name, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.addAll(installation.loadTest(arguments));
    return SystemProcess.start(name, command, folder.resolve(name + ".log"));
  }

  /** Ends it, and deletes its data; what it has logged stays for those who ask why. */
  @Override
  public void close() {
    process.close();
    try {
      FileTree.delete(dataDir());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
