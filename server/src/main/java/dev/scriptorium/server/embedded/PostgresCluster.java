package dev.scriptorium.server.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The files of an embedded Postgres: programs, cluster and the superuser's password. */
final class PostgresCluster {
  static final String SUPERUSER = "scriptorium";
  private static final Resource ARCHIVE = new Resource("/postgres-linux-x86_64.txz");
  private static final String MAJOR = "18";
  private static final String UNFINISHED = "initdb-";
  private static final Duration INITDB_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final PostgresSettings settings;
  private final ServiceUser user;
  private final Programs programs;
  private final Path bin;

  private PostgresCluster(
      PostgresSettings settings, ServiceUser user, Programs programs, Path bin) {
    this.settings = settings;
    this.user = user;
    this.programs = programs;
    this.bin = bin;
  }

  /** Unpacks the programs and creates the cluster, where that is still to be done. */
  static PostgresCluster prepare(PostgresSettings settings)
      throws IOException, InterruptedException {
    ServiceUser user = ServiceUser.choose();
    Programs programs = new Programs(user);
    createFolder(settings.folder(), "rwx------");
    createFolder(settings.programs(), null);
    user.own(settings.folder());
    user.checkReachable(settings.folder());
    FileTree.deleteLeftOvers(settings.folder(), UNFINISHED);
    Path unpacked = Unpacked.archive(ARCHIVE, settings.programs(), settings.durable());
    user.checkReachable(unpacked.resolve("bin"));
    PostgresCluster cluster =
        new PostgresCluster(settings, user, programs, unpacked.resolve("bin"));
    cluster.createSecret();
    cluster.initialise();
    return cluster;
  }

  /** The cluster's directory. */
  Path data() {
    return settings.folder().resolve(MAJOR);
  }

  /** Password of the superuser. */
  String password() throws IOException {
    return Files.readString(secret(), US_ASCII).strip();
  }

  /** The command that runs the server in the foreground, tied to our life. */
  List<String> serverCommand(int port) {
    List<String> command =
        new ArrayList<>(
            List.of(program("postgres"), "-D", data().toString(), "-p", Integer.toString(port)));
    for (String flag : flags()) {
      command.add("-c");
      command.add(flag);
    }
    return programs.tied("INT", command);
  }

  private List<String> flags() {
    String sync = settings.durable() ? "on" : "off";
    return List.of(
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "fsync=" + sync,
        "synchronous_commit=" + sync,
        "full_page_writes=" + sync,
        "jit=off",
        "shared_buffers=" + settings.sharedBuffersMiB() + "MB",
        "max_connections=" + settings.maxConnections(),
        "shared_preload_libraries=pg_stat_statements",
        "timezone=UTC",
        "log_timezone=UTC",
        // New files of the log are not filled with zeros: while that takes tens of milliseconds,
        // every commit waits. The disk is asked to keep what a commit has written all the same.
        "wal_init_zero=off",
        // Of a disk without moving parts; with the default of 4, ordered indexes are passed by.
        "random_page_cost=1.1",
        "log_checkpoints=off",
        "log_min_duration_statement=250",
        "log_lock_waits=on",
        // Neither parameters nor the key values in DETAIL lines belong in a log.
        "log_parameter_max_length=0",
        "log_error_verbosity=terse",
        "idle_in_transaction_session_timeout=60s");
  }

  /** Sends a signal to a postmaster; its own tool, because a container may have no kill. */
  void signal(String signal, long pid) throws IOException, InterruptedException {
    run(List.of(program("pg_ctl"), "kill", signal, Long.toString(pid)), STOP_TIMEOUT);
  }

  /** Stops a server of this cluster that outlived the process that started it. */
  void stopLeftOver() throws IOException, InterruptedException {
    Optional<ProcessHandle> leftOver = leftOver();
    if (leftOver.isPresent()) {
      long pid = leftOver.get().pid();
      signal("INT", pid);
      if (!awaitEnd(leftOver.get())) {
        signal("QUIT", pid);
        awaitEnd(leftOver.get());
      }
    }
  }

  // The pid in the file may meanwhile be anybody's: only a process that names our directory is
  // ours.
  private Optional<ProcessHandle> leftOver() throws IOException {
    Path pidFile = data().resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile, UTF_8).getFirst().strip());
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isPresent() && !servesThisCluster(pid)) {
      Files.delete(pidFile);
      return Optional.empty();
    }
    return process;
  }

  private boolean servesThisCluster(long pid) throws IOException {
    Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
    return Files.exists(commandLine)
        && List.of(Files.readString(commandLine, UTF_8).split("\0", -1))
            .contains(data().toString());
  }

  private static boolean awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process cannot fail", e);
    }
  }

  private void initialise() throws IOException, InterruptedException {
    if (Files.exists(data().resolve("PG_VERSION"))) {
      return;
    }
    Path unfinished = Files.createTempDirectory(settings.folder(), UNFINISHED);
    user.own(unfinished);
    run(
        List.of(
            program("initdb"),
            "-D",
            unfinished.toString(),
            "-A",
            "scram-sha-256",
            "--pwfile",
            secret().toString(),
            "-U",
            SUPERUSER,
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--data-checksums",
            "--no-sync"),
        INITDB_TIMEOUT);
    if (settings.durable()) {
      FileTree.flush(unfinished);
    }
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void createSecret() throws IOException {
    if (Files.exists(secret())) {
      return;
    }
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    Path unfinished =
        Files.createTempFile(
            settings.folder(),
            "secret-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n");
    user.own(unfinished);
    Files.move(unfinished, secret(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path secret() {
    return settings.folder().resolve("secret");
  }

  private String program(String name) {
    return bin.resolve(name).toString();
  }

  private void run(List<String> command, Duration timeout)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(programs.tied("TERM", command));
    builder.directory(settings.folder().toFile());
    builder.redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(timeout)) {
      process.destroyForcibly();
      throw new EmbeddedStartException(command.getFirst() + " did not end in " + timeout);
    }
    if (process.exitValue() != 0) {
      throw new EmbeddedStartException(
          command.getFirst() + " failed: " + output.strip().replace('\n', ' '));
    }
  }

  private static void createFolder(Path folder, @Nullable String mode) throws IOException {
    Files.createDirectories(folder);
    if (mode != null) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }
  }
}
