package dev.scriptorium.loadtest.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One server and one worker with a folder of their own. Either can be killed and started again; the
 * server keeps its address. Not thread-safe.
 */
public final class TestSystem implements AutoCloseable {
  private static final Duration READY_BOUND = Duration.ofSeconds(60);
  private static final Duration DEATH_BOUND = Duration.ofSeconds(5);

  private final List<Path> left = new ArrayList<>();
  private final Installation installation;
  private final Path folder;
  private final List<ProcessHandle> seen = new ArrayList<>();
  private String address = "127.0.0.1:0";
  private SystemProcess server;
  private SystemProcess worker;

  private TestSystem(Installation installation, Path folder, List<String> workerOptions)
      throws IOException {
    this.installation = installation;
    this.folder = folder;
    this.server = launchServer();
    this.worker = launchWorker(workerOptions);
  }

  /**
   * Starts both and waits for the server.
   *
   * @param workerOptions added to the worker's command line
   */
  public static TestSystem start(String... workerOptions) throws IOException {
    return new TestSystem(
        Installation.find(), Installation.newFolder("system"), List.of(workerOptions));
  }

  /** The server's process. */
  public SystemProcess server() {
    return server;
  }

  /** The worker's process. */
  public SystemProcess worker() {
    return worker;
  }

  /** The server's data directory. */
  public Path dataDir() {
    return folder.resolve("data");
  }

  /** The worker's directory. */
  public Path workDir() {
    return folder.resolve("work");
  }

  /** Where the server listens, host and port. */
  public String address() {
    return address;
  }

  /** Calls as the operator, over a channel that survives the server's restarts. */
  public Api api() throws IOException {
    return Api.connect(address, Files.readString(dataDir().resolve("keys/operator.key")).strip());
  }

  /** Starts the server again on its old address. */
  public void restartServer() throws IOException {
    server = launchServer();
  }

  /** Starts the worker again in its old directory. */
  public void restartWorker(String... options) throws IOException {
    worker = launchWorker(List.of(options));
  }

  /** The runners: the JVMs below the worker. */
  public List<ProcessHandle> runners() {
    return remember(worker.children("java"));
  }

  /** The database's main process. */
  public ProcessHandle postgres() {
    return Await.until(
            "a database below the server",
            READY_BOUND,
            () ->
                server.children("postgres").stream()
                    .filter(
                        child -> child.parent().map(ProcessHandle::pid).orElse(0L) == server.pid())
                    .toList(),
            found -> found.size() == 1)
        .getFirst();
  }

  /** Remembers every process there is now, to look for left-overs later. */
  public void rememberProcesses() {
    remember(server.family());
    remember(worker.family());
  }

  /**
   * Processes that were remembered and do not end within five seconds. What dies with its parent,
   * in a sandbox of its own at that, does so a moment later.
   */
  public List<String> survivors() {
    return seen.stream()
        .filter(TestSystem::survives)
        .map(handle -> handle.pid() + " " + handle.info().commandLine().orElse("?"))
        .distinct()
        .toList();
  }

  private static boolean survives(ProcessHandle process) {
    ProcessHandle _ =
        process
            .onExit()
            .completeOnTimeout(process, DEATH_BOUND.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    return process.isAlive();
  }

  /**
   * Files that should have been gone when it was closed: attempts of the worker, unfinished blobs.
   */
  public List<Path> leftOvers() {
    return List.copyOf(left);
  }

  private void rememberLeftOvers() throws IOException {
    for (Path place : List.of(workDir().resolve("jobs"), dataDir().resolve("blobs/tmp"))) {
      if (Files.isDirectory(place)) {
        try (var files = Files.list(place)) {
          files.forEach(left::add);
        }
      }
    }
  }

  /** Ends it, and deletes its data; what it has logged stays for those who ask why. */
  @Override
  public void close() throws IOException {
    rememberProcesses();
    worker.close();
    server.close();
    rememberLeftOvers();
    FileTree.delete(dataDir());
    FileTree.delete(workDir());
  }

  private List<ProcessHandle> remember(List<ProcessHandle> handles) {
    seen.addAll(handles);
    return handles;
  }

  private SystemProcess launchServer() throws IOException {
    Path ready = dataDir().resolve("server.address");
    Files.deleteIfExists(ready);
    SystemProcess started =
        SystemProcess.start(
            "server",
            installation.server(List.of("--data-dir", dataDir().toString(), "--listen", address)),
            folder.resolve("server.log"));
    Await.until(
        "the server's start",
        READY_BOUND,
        () -> {
          if (!started.alive()) {
            // An error, not an exception: there is nothing left to wait for.
            throw new AssertionError("the server ended:\n" + started.log());
          }
          return Files.exists(ready) && !Files.readString(ready).isBlank();
        });
    address = Files.readString(ready).strip();
    return started;
  }

  private SystemProcess launchWorker(List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", "--server", address));
    arguments.addAll(List.of("--key-file", dataDir().resolve("keys/worker.key").toString()));
    arguments.addAll(List.of("--work-dir", workDir().toString(), "--name", "test-worker"));
    arguments.addAll(options);
    return SystemProcess.start(
        "worker", installation.worker(arguments), folder.resolve("worker.log"));
  }
}
