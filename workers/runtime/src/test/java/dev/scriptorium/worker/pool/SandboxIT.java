package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.files.WorkDirectory;
import dev.scriptorium.worker.files.WorkPlace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a program can reach that runs where a runner does, at each level that this machine has: as
 * root and as an ordinary user the levels differ in how, not in what.
 */
class SandboxIT {
  private static final Path BASH = Path.of("/bin/bash");

  private Path folder;
  private WorkDirectory work;
  private Path runner;
  private Path neighbour;
  private Path key;
  private Sandbox sandbox = Sandbox.none();

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(Files.isExecutable(BASH), "bash is not installed");
    folder = Files.createTempDirectory("scriptorium-sandbox");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    work = WorkDirectory.open(folder.resolve("work"));
    runner = Files.createDirectory(work.runners().resolve("runner-1"));
    neighbour = Files.createDirectory(work.runners().resolve("runner-2"));
    for (Path own : List.of(runner, neighbour)) {
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
      Files.writeString(own.resolve("book"), "a book");
    }
    key = Files.writeString(folder.resolve("worker.key"), "secret");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void clean() throws IOException {
    work.close();
    FileTree.delete(folder);
  }

  /** Skips the test where the level does not work. */
  private void shutIn(String level) throws IOException {
    RunnerSettings settings =
        RunnerSettings.of(
            WorkPlace.java(),
            // Where the tests run as root their classes may be for root alone.
            "/usr",
            work.runners(),
            ByteSize.ofMebibytes(48));
    try {
      sandbox = Sandbox.probe(level, settings);
    } catch (IllegalArgumentException e) {
      assumeTrue(false, e.getMessage());
    }
    sandbox.admit(runner);
    sandbox.admit(neighbour);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bwrap", "setpriv"})
  void thereIsNoNetwork(String level) throws Exception {
    shutIn(level);
    assumeTrue(sandbox.networkCut(), "the network cannot be cut here");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect = "exec 3<>/dev/tcp/127.0.0.1/" + listener.getLocalPort();

      assertThat(run(Sandbox.none(), connect)).isEqualTo("0 ");
      assertThat(run(sandbox, connect)).startsWith("1 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bwrap", "setpriv"})
  void itReadsAndWritesItsOwnFolderAlone(String level) throws Exception {
    shutIn(level);
    assumeTrue(level.equals("bwrap") || sandbox.ownUsers(), "runners have the worker's own user");

    assertThat(run(sandbox, "cat " + runner + "/book")).isEqualTo("0 a book");
    assertThat(run(sandbox, "echo more >> " + runner + "/book")).isEqualTo("0 ");
    assertThat(run(sandbox, "cat " + key)).startsWith("1 ");
    assertThat(run(sandbox, "cat " + neighbour + "/book")).startsWith("1 ");
    assertThat(run(sandbox, "ls " + work.jobs())).doesNotStartWith("0 ");
    assertThat(run(sandbox, "echo x > " + neighbour + "/book")).startsWith("1 ");
    for (Path place : List.of(folder, work.runners(), work.jobs(), Path.of("/usr"))) {
      // It may succeed where nobody sees it, in a folder that only looks like ours.
      run(sandbox, "echo x > " + place + "/x");
      assertThat(place.resolve("x")).doesNotExist();
    }
    assertThat(run(sandbox, "echo x > /etc/x")).startsWith("1 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bwrap", "setpriv"})
  void itHasNoPrivilegesAndGetsNone(String level) throws Exception {
    shutIn(level);

    String status = run(sandbox, "cat /proc/self/status");

    assertThat(status).contains("NoNewPrivs:\t1", "CapEff:\t0000000000000000");
    if (sandbox.ownUsers()) {
      assertThat(status).contains("Uid:\t" + RunnerUser.of(runner).id() + "\t", "Groups:\t \n");
    }
    assertThat(status).doesNotContain("Uid:\t0\t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bwrap", "setpriv"})
  void itReachesNoOtherProcess(String level) throws Exception {
    shutIn(level);
    assumeTrue(level.equals("bwrap") || sandbox.ownUsers(), "runners have the worker's own user");
    long worker = ProcessHandle.current().pid();

    assertThat(run(sandbox, "kill -0 " + worker)).startsWith("1 ");
    assertThat(run(sandbox, "cat /proc/" + worker + "/environ")).startsWith("1 ");
    if (level.equals("bwrap")) {
      // The first of its own, this shell, and what it has started.
      assertThat(run(sandbox, "ls -d /proc/[0-9]* | wc -l")).matches("0 [1-4]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bwrap", "setpriv"})
  void itDiesWithWhoeverStartedIt(String level) throws Exception {
    shutIn(level);
    String mark = "86" + ProcessHandle.current().pid();
    // The outer shell stands for the worker.
    List<String> inner = command(sandbox, "exec sleep " + mark);
    List<String> outer = new ArrayList<>(List.of(BASH.toString(), "-c", "\"$@\"; true", "worker"));
    outer.addAll(inner);
    Process worker = new ProcessBuilder(outer).start();
    await(() -> sleeping(mark), true);

    worker.destroyForcibly().waitFor();

    await(() -> sleeping(mark), false);
  }

  private static boolean sleeping(String mark) {
    return ProcessHandle.allProcesses()
        .anyMatch(p -> PoolHarness.Running.commandLine(p.pid()).equals("sleep\0" + mark + "\0"));
  }

  private static void await(java.util.function.BooleanSupplier question, boolean answer) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (question.getAsBoolean() != answer) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private List<String> command(Sandbox where, String script) {
    return where.wrap(List.of(BASH.toString(), "-c", script), runner, List.of(), List.of(runner));
  }

  /** Exit code and what was printed. */
  private String run(Sandbox where, String script) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command(where, script))
            .directory(runner.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + said.strip();
  }
}
