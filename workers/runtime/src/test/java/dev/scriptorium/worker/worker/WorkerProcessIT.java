package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.v1.Ending;
import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.WorkerMessage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The worker as a process of its own, ended in every way. */
class WorkerProcessIT {
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  private final List<Process> started = new ArrayList<>();
  private FakeServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new FakeServer();
    Files.writeString(folder.resolve("key"), FakeServer.KEY + "\n");
  }

  @AfterEach
  void stopAll() {
    started.forEach(Process::destroyForcibly);
    server.close();
  }

  @Test
  void aKilledWorkerLeavesNoRunnerAndItsSuccessorSweeps() throws Exception {
    Process worker = run("work");
    server.await(WorkerMessage::hasHello);
    AttemptId id = server.offer("hang", "A line.");
    server.await(m -> m.hasProgress() && m.getProgress().getId().equals(id));
    List<ProcessHandle> runners = worker.descendants().toList();
    assertThat(runners).isNotEmpty();

    worker.destroyForcibly().waitFor();

    awaitTrue("the runners' end", () -> runners.stream().noneMatch(WorkerProcessIT::runs));
    try (var left = Files.list(folder.resolve("work/runners"))) {
      assertThat(left).isNotEmpty();
    }
    run("work");
    assertThat(server.await(WorkerMessage::hasHello).getHello().getHeldList()).isEmpty();
    assertThat(folder.resolve("work/jobs")).isEmptyDirectory();
    assertThat(folder.resolve("work/runners/runner-1/job")).doesNotExist();
  }

  @Test
  void aTerminatedWorkerHandsBackWhatItCannotFinishAndEndsWithZero() throws Exception {
    Process worker = run("work", "--drain-seconds", "1");
    server.await(WorkerMessage::hasHello);
    AttemptId id = server.offer("wait", "A line.");
    server.await(m -> m.hasProgress() && m.getProgress().getId().equals(id));
    List<ProcessHandle> runners = worker.descendants().toList();

    worker.destroy();

    var fail = server.await(WorkerMessage::hasFail).getFail();
    assertThat(fail.getId()).isEqualTo(id);
    assertThat(fail.getEnding()).isEqualTo(Ending.ENDING_RELEASED);
    assertThat(fail.getRetryable()).isTrue();
    assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isZero();
    awaitTrue("the runners' end", () -> runners.stream().noneMatch(WorkerProcessIT::runs));
    assertThat(folder.resolve("work/jobs")).doesNotExist();
    assertThat(folder.resolve("work/runners")).doesNotExist();
  }

  @Test
  void aSecondWorkerInTheSameDirectoryEndsWithFifteenAndNamesTheFirst() throws Exception {
    Process first = run("work");
    server.await(WorkerMessage::hasHello);

    Process second = run("work");

    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(15);
    assertThat(log(2)).contains("process " + first.pid());
  }

  @Test
  void aWrongKeyEndsWithFour() throws Exception {
    Files.writeString(folder.resolve("key"), "scr_worker_other_secret");

    Process worker = run("work");

    assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isEqualTo(4);
    assertThat(log(1)).contains("refuses the key");
  }

  @Test
  void aCommandLineWithoutSenseEndsWithTwo() throws Exception {
    Process worker = run("work", "--runners", "many");

    assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isEqualTo(2);
    assertThat(log(1)).contains("'many'");
  }

  private Process run(String workDirectory, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                WorkPlace.java().toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                WorkPlace.classPath(),
                WorkerMain.class.getName(),
                "run",
                "--server",
                server.address(),
                "--key-file",
                folder.resolve("key").toString(),
                "--work-dir",
                folder.resolve(workDirectory).toString(),
                "--runner-heap",
                "48m",
                "--no-aot-cache"));
    if (more.length == 0 || !more[0].equals("--runners")) {
      command.addAll(List.of("--runners", "1"));
    }
    command.addAll(List.of(more));
    File log = folder.resolve("log-" + (started.size() + 1)).toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    started.add(process);
    return process;
  }

  private String log(int number) throws IOException {
    return Files.readString(folder.resolve("log-" + number));
  }

  /** False also for a process that has ended and that nobody has waited for. */
  private static boolean runs(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      return !Files.readString(status).matches("(?s)\\d+ \\(.*\\) Z .*");
    } catch (IOException e) {
      return false;
    }
  }

  private static void awaitTrue(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
