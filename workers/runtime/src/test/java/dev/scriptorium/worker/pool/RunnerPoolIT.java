package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.pack.PackReader;
import dev.scriptorium.worker.pool.PoolHarness.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real runners, each broken in its own way. */
class RunnerPoolIT {
  private static final Duration LONG = Duration.ofSeconds(50);

  private static PoolHarness harness;

  @BeforeAll
  static void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws IOException {
    harness = new PoolHarness(folder, 1, 1, 100);
  }

  @AfterAll
  static void stop() {
    harness.close();
  }

  @Test
  void aJobLeavesItsResultAndPackInItsDirectory() throws IOException {
    End end = harness.run("parse", "One.", "Two words.");

    assertThat(end).isInstanceOf(End.Finished.class);
    End.Finished finished = (End.Finished) end;
    Path pack = finished.directory().resolve("pack.bin");
    assertThat(Files.size(pack)).isEqualTo(finished.message().getPackBytes());
    try (PackReader reader = new PackReader(pack)) {
      var second = reader.index().get(1).getChapter();
      assertThat(reader.chapter(second.getContent()).getText()).isEqualTo("Two words.");
      assertThat(second.getWordCount()).isEqualTo(2);
    }
    assertThat(finished.usage().peakBytes()).isGreaterThan(10 << 20);
  }

  @Test
  void anExpectedNoNamesFileCauseAndLimitAndLeavesTheRunnerInPlace() {
    End end = harness.run("refuse");

    assertThat(end).isInstanceOf(End.Failed.class);
    var failed = ((End.Failed) end).message();
    assertThat(failed.getFailure().getMessage())
        .isEqualTo("book.txt: the archive has too many entries (limit entries=10)");
    assertThat(failed.getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED);
    assertThat(failed.getFailure().getLimit()).isEqualTo("entries=10");
    assertThat(failed.getRetryable()).isFalse();
    assertThat(harness.run("parse", "Next.")).isInstanceOf(End.Finished.class);
  }

  @Test
  void aDefectOfAPluginIsNamedByItsClassAloneAndNotTriedAgain() {
    End end = harness.run("defect");

    var failed = ((End.Failed) end).message();
    assertThat(failed.getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_PLUGIN_FAILED);
    assertThat(failed.getFailure().getMessage())
        .contains("IllegalStateException")
        .doesNotContain("secret");
    assertThat(failed.getRetryable()).isFalse();
  }

  @Test
  void anOverflownStackFailsTheJobAndReplacesTheRunner() {
    End end = harness.run("nest");

    var failed = ((End.Failed) end).message();
    assertThat(failed.getFailure().getMessage()).contains("StackOverflowError");
    assertThat(failed.getRecycle()).isTrue();
    assertThat(harness.run("parse", "Next.")).isInstanceOf(End.Finished.class);
  }

  @ParameterizedTest
  @CsvSource({
    "fill-heap, OOM_HEAP, 3",
    "fill-heap-in-thread, OOM_HEAP, 3",
    "fill-direct, OOM_DIRECT, 4",
    "halt, EXIT, 7",
  })
  void aDeadRunnerIsAttributedAndTheNextJobRunsOnAFreshOne(String kind, Cause cause, int exitCode)
      throws IOException {
    End end = harness.run(kind);

    assertThat(end).isInstanceOf(End.Crashed.class);
    CrashReport report = ((End.Crashed) end).report();
    assertThat(report.cause()).as(report.toString()).isEqualTo(cause);
    assertThat(report.exitCode()).isEqualTo(exitCode);
    assertThat(harness.run("parse", "Next.")).isInstanceOf(End.Finished.class);
  }

  @Test
  void memoryOutsideTheJvmsLimitsIsStoppedByTheWatch() {
    End end = harness.run("fill-native");

    CrashReport report = ((End.Crashed) end).report();
    assertThat(report.cause()).isEqualTo(Cause.OOM_RSS);
    assertThat(report.peakBytes()).isGreaterThan(ByteSize.ofMebibytes(200).bytes());
  }

  @Test
  void aRunnerWithoutASignOfLifeIsKilledForStalling() {
    End end = harness.await(harness.start("hang", LONG, Duration.ofMillis(700)));

    assertThat(((End.Crashed) end).report().cause()).isEqualTo(Cause.STALL);
  }

  @Test
  void aJobThatIgnoresTheEndOfItsTimeIsKilledForIt() throws IOException {
    // The sign of life at the beginning is followed by silence shorter than the stall deadline.
    End end = harness.await(harness.start("wait", Duration.ofMillis(100), Duration.ofMillis(1500)));

    assertThat(((End.Crashed) end).report().cause()).isIn(Cause.TIMEOUT, Cause.STALL);
  }

  @Test
  void aJobWhoseTimeIsOverMayKeepWhatItHas() {
    End end = harness.await(harness.start("partial", Duration.ofMillis(300), LONG));

    assertThat(((End.Finished) end).message().getDegraded()).isTrue();
  }

  @Test
  void aCancelledJobIsInterruptedAndItsRunnerServesOn() throws Exception {
    PoolHarness.Running running = harness.start("wait", LONG, LONG);
    assertThat(running.sign().get(30, TimeUnit.SECONDS)).isEqualTo("waiting");

    harness.onLoop(
        () -> {
          harness.pool.cancel(running.task());
          return true;
        });

    End end = harness.await(running);
    assertThat(((End.Failed) end).message().getFailure().getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_CANCELLED);
    assertThat(harness.run("parse", "Next.")).isInstanceOf(End.Finished.class);
  }

  @ParameterizedTest
  @CsvSource({"print", "flood"})
  void whatAPluginPrintsNeitherCorruptsNorBlocks(String kind) throws IOException {
    assertThat(harness.run(kind)).isInstanceOf(End.Finished.class);
    assertThat(harness.run("parse", "Next.")).isInstanceOf(End.Finished.class);
  }

  @Test
  void aRecycledRunnerLeavesOnlyWhenItsSuccessorIsReady(@TempDir Path folder) throws IOException {
    try (PoolHarness recycling = new PoolHarness(folder, 1, 1, 2)) {
      // Jobs go on while the successor of the first runner starts; then it takes over.
      Set<Path> runners = new LinkedHashSet<>();
      long deadline = System.nanoTime() + LONG.toNanos();
      while (runners.size() < 2 && System.nanoTime() < deadline) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        runners.add(recycling.onLoop(recycling::idleDirectory));
        assertThat(recycling.run("parse", "A line.")).isInstanceOf(End.Finished.class);
      }

      assertThat(runners)
          .extracting(path -> path.getFileName().toString())
          .containsExactly("runner-1", "runner-2");
    }
  }

  @Test
  void thePoolGrowsWithWaitingJobsUpToItsLimit(@TempDir Path folder) throws IOException {
    try (PoolHarness growing = new PoolHarness(folder, 1, 2, 100)) {
      PoolHarness.Running first = growing.start("wait", LONG, LONG);
      PoolHarness.Running second = growing.start("wait", LONG, LONG);

      assertThat(second.sign()).succeedsWithin(Duration.ofSeconds(30));
      assertThat(first.sign()).succeedsWithin(Duration.ofSeconds(30));
      assertThat(growing.onLoop(() -> growing.pool.freeSlots(0))).isZero();
    }
  }

  @Test
  void aRunnerThatStartsInAnothersPlaceIsNoRoomYet(@TempDir Path folder) throws IOException {
    try (PoolHarness two = new PoolHarness(folder, 2, 2, 100)) {
      PoolHarness.Running lost = two.start("wait", LONG, LONG);
      assertThat(lost.sign()).succeedsWithin(Duration.ofSeconds(30));

      assertThat(ProcessHandle.of(lost.pid()).orElseThrow().destroyForcibly()).isTrue();
      two.awaitSize(1);
      two.awaitSize(2);

      assertThat(two.slots).containsExactly(1, 2, 1, 2);
    }
  }

  @Test
  void aSpareRunnerTakesTheFallenOnesPlaceAtOnce(@TempDir Path folder) throws IOException {
    PoolSettings counts = new PoolSettings(1, 1, 1, ByteSize.ofMebibytes(4096), LONG);
    try (PoolHarness spared = new PoolHarness(folder, counts, 100)) {
      spared.awaitSize(2);
      PoolHarness.Running lost = spared.start("wait", LONG, LONG);
      assertThat(lost.sign()).succeedsWithin(Duration.ofSeconds(30));
      assertThat(spared.onLoop(() -> spared.pool.freeSlots(0))).isZero();

      assertThat(ProcessHandle.of(lost.pid()).orElseThrow().destroyForcibly()).isTrue();
      spared.awaitSize(1);

      assertThat(spared.slots.getLast()).isEqualTo(1);
      assertThat(spared.run("parse", "Next.")).isInstanceOf(End.Finished.class);
      spared.awaitSize(2);
    }
  }

  @Test
  void aRunnerKilledFromOutsideIsNoFaultOfItsJob() throws IOException {
    PoolHarness.Running running = harness.start("wait", LONG, LONG);
    running.sign().join();

    assertThat(ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly()).isTrue();

    CrashReport report = ((End.Crashed) harness.await(running)).report();
    assertThat(report.cause()).isEqualTo(Cause.SIGNAL);
    assertThat(report.blameless()).isTrue();
    assertThat(harness.run("parse", "Next.")).isInstanceOf(End.Finished.class);
  }

  @Test
  void aCrashOfTheJvmIsReportedWithTheHeadOfItsErrorLog() throws Exception {
    PoolHarness.Running running = harness.start("wait", LONG, LONG);
    running.sign().join();

    new ProcessBuilder("kill", "-SEGV", Long.toString(running.pid())).start().waitFor();

    CrashReport report = ((End.Crashed) harness.await(running)).report();
    assertThat(report.cause()).as(report.toString()).isEqualTo(Cause.NATIVE_CRASH);
    assertThat(report.blameless()).isFalse();
    assertThat(report.logTail()).contains("SIGSEGV");
  }

  @Test
  void aJobThatNeedsMoreGetsAFreshRunnerOfItsOwnThatLeavesWithIt() throws IOException {
    RunnerCaps large =
        new RunnerCaps(
            ByteSize.ofMebibytes(200), ByteSize.ofMebibytes(80), ByteSize.ofMebibytes(150));
    RunnerNeeds needs = new RunnerNeeds(large.hard().bytes(), Optional.of(large));

    PoolHarness.Running first = harness.start("wait", needs, LONG, LONG);
    first.sign().join();
    String flags = PoolHarness.Running.commandLine(first.pid());
    // The ordinary runner takes other jobs meanwhile.
    PoolHarness.Running second = harness.start("parse", LONG, LONG, "Next.");
    End other = harness.await(second);
    harness.onLoop(
        () -> {
          harness.pool.cancel(first.task());
          return true;
        });
    harness.await(first);

    assertThat(flags).contains("-Xmx200m").contains("-XX:MaxDirectMemorySize=80m");
    assertThat(other).isInstanceOf(End.Finished.class);
    assertThat(second.runner().join()).isNotEqualTo(first.runner().join());
    PoolHarness.Running third = harness.start("parse", LONG, LONG, "Last.");
    assertThat(harness.await(third)).isInstanceOf(End.Finished.class);
    assertThat(third.runner().join()).isNotEqualTo(first.runner().join());
  }

  @Test
  void whenTheBudgetIsUsedUpTheJobAboveItsMeansIsKilledFirst(@TempDir Path folder)
      throws IOException {
    ByteSize budget = ByteSize.ofMebibytes(400);
    try (PoolHarness tight =
        new PoolHarness(folder, new PoolSettings(2, 2, 0, budget, LONG), 100)) {
      PoolHarness.Running modest =
          tight.start("wait", RunnerNeeds.ordinary(ByteSize.ofMebibytes(250).bytes()), LONG, LONG);
      modest.sign().join();
      RunnerCaps wide =
          new RunnerCaps(
              ByteSize.ofMebibytes(48), ByteSize.ofMebibytes(64), ByteSize.ofMebibytes(900));
      PoolHarness.Running greedy =
          tight.start(
              "fill-native",
              new RunnerNeeds(ByteSize.ofMebibytes(150).bytes(), Optional.of(wide)),
              LONG,
              LONG);

      CrashReport report = ((End.Crashed) tight.await(greedy)).report();

      assertThat(report.cause()).isEqualTo(Cause.OOM_RSS);
      assertThat(report.blameless()).isFalse();
      assertThat(modest.end()).isNotDone();
    }
  }
}
