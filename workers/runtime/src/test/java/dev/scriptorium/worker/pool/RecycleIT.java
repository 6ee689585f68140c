package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.pool.PoolHarness.End;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Real runners that are replaced while they work. */
class RecycleIT {
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  @Test
  void whileRunnersAreRecycledNeverFewerThanAllButOneAreReady() throws IOException {
    try (PoolHarness pool = new PoolHarness(folder, 2, 2, 10)) {
      Set<Path> runners = new LinkedHashSet<>();
      List<Integer> ready = new ArrayList<>();
      long deadline = System.nanoTime() + LONG.toNanos();
      while (runners.size() < 6 && System.nanoTime() < deadline) {
        PoolHarness.Running job = pool.start("parse", LONG, LONG, "A line.");
        assertThat(pool.await(job)).isInstanceOf(End.Finished.class);
        runners.add(job.runner().join());
        ready.add(pool.onLoop(() -> pool.pool.size()));
      }

      assertThat(runners).as("runners that have served").hasSizeGreaterThanOrEqualTo(6);
      assertThat(ready).allMatch(size -> size >= 1 && size <= 4);
      assertThat(ready.stream().filter(size -> size >= 2).count())
          .as("of %s", ready)
          .isEqualTo(ready.size());
      assertThat(pool.onLoop(() -> pool.pool.recycled())).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void whereMemoryDoesNotAllowBothTheOldRunnerLeavesFirst() throws IOException {
    // A warm runner has about 67 MiB here.
    PoolSettings one = new PoolSettings(1, 1, ByteSize.ofMebibytes(120), LONG);
    try (PoolHarness pool = new PoolHarness(folder, one, 2)) {
      Set<Path> runners = new LinkedHashSet<>();
      int most = 0;
      long deadline = System.nanoTime() + LONG.toNanos();
      while (runners.size() < 3 && System.nanoTime() < deadline) {
        PoolHarness.Running job = pool.start("parse", LONG, LONG, "A line.");
        assertThat(pool.await(job)).isInstanceOf(End.Finished.class);
        runners.add(job.runner().join());
        most = Math.max(most, pool.onLoop(() -> pool.pool.size() + pool.pool.starting()));
      }

      assertThat(runners).hasSize(3);
      assertThat(most).isEqualTo(1);
    }
  }

  @Test
  void runnersAboveTheLeastNumberLeaveWhenThereIsNothingToDo() throws IOException {
    PoolSettings upToThree =
        new PoolSettings(1, 3, ByteSize.ofMebibytes(4096), Duration.ofSeconds(1));
    try (PoolHarness pool = new PoolHarness(folder, upToThree, 100)) {
      List<PoolHarness.Running> jobs =
          List.of(
              pool.start("partial", Duration.ofSeconds(5), LONG),
              pool.start("partial", Duration.ofSeconds(5), LONG));
      jobs.forEach(job -> job.sign().join());
      assertThat(pool.onLoop(() -> pool.pool.busy())).isEqualTo(2);

      jobs.forEach(pool::await);

      long deadline = System.nanoTime() + LONG.toNanos();
      while (pool.onLoop(() -> pool.pool.size()) > 1) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      assertThat(pool.run("parse", "A line.")).isInstanceOf(End.Finished.class);
    }
  }
}
