package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fits where. */
class MemoryTest {
  private final Desk desk = new Desk(1);

  @Test
  void anAttemptGetsAFifthMoreThanItsLikeHad() {
    desk.teach("parse", 1000, 100, 1);
    long job = desk.add(TestJob.of("parse").reading(1000));
    long larger = desk.add(TestJob.of("parse").reading(5000));
    long smaller = desk.add(TestJob.of("parse").reading(10));
    desk.worker("w", 10, 1000);
    desk.run();

    assertThat(desk.offer(job).memoryBytes()).isEqualTo(120 * Desk.MIB);
    assertThat(desk.offer(larger).memoryBytes()).isEqualTo(120 * Desk.MIB);
    assertThat(desk.offer(smaller).memoryBytes()).as("as declared").isEqualTo(16 * Desk.MIB);
  }

  @Test
  void whatIsDeclaredIsTheLeast() {
    desk.teach("parse", 1000, 100, 1);
    long job = desk.add(TestJob.of("parse").reading(1000).mib(900));
    desk.worker("w", 10, 1000);
    desk.run();

    assertThat(desk.offer(job).memoryBytes()).isEqualTo(900 * Desk.MIB);
  }

  @Test
  void whatFitsNowhereIsToldAtOnceAndRunsWhenALargerWorkerComes() {
    desk.worker("small", 4, 512);
    long large = desk.add(TestJob.of("parse").mib(900));
    long small = desk.add(TestJob.of("parse").mib(100));

    assertThat(desk.run()).containsExactly(small);
    assertThat(desk.why(large)).isEqualTo("needs 900 MiB, the largest worker has 512 MiB");
    assertThat(desk.depth("parse").unschedulable()).isEqualTo(1);
    assertThat(desk.depth("parse").neededBytes()).isEqualTo(900 * Desk.MIB);
    assertThat(desk.depth("parse").runnable()).isZero();

    desk.worker("large", 4, 2048);
    assertThat(desk.run()).containsExactly(large);
    assertThat(desk.depth("parse").unschedulable()).isZero();
  }

  @Test
  void theMarginAloneMakesNothingUnschedulable() {
    desk.teach("parse", 0, 480, 1);
    desk.worker("w", 4, 512);
    long job = desk.add(TestJob.of("parse"));

    assertThat(desk.run()).containsExactly(job);
    assertThat(desk.offer(job).memoryBytes()).isEqualTo(512 * Desk.MIB);
  }

  @Test
  void smallJobsDoNotPassALargeOneForEver() {
    desk.teach("scan", 0, 100, 100);
    desk.worker("w", 10, 1000);
    desk.add(8, TestJob.of("scan").mib(125));
    assertThat(desk.run()).hasSize(8);
    long large = desk.add(TestJob.of("parse").mib(900));
    desk.add(50, TestJob.of("scan").mib(125));

    for (int i = 1; i <= 8; i++) {
      desk.succeed(i);
      desk.pass(Duration.ofMillis(500));
      if (desk.running.containsKey(large)) {
        return;
      }
    }

    assertThat(desk.running).as("the worker was kept free").containsKey(large);
  }

  @Test
  void whatEndsBeforeTheLargeOneCouldStartMayGoFirst() {
    desk.teach("scan", 0, 100, 100);
    desk.teach("noop", 0, 100, 5);
    desk.worker("w", 10, 1000);
    desk.add(4, TestJob.of("scan").mib(200));
    desk.run();
    desk.pass(Duration.ofSeconds(10));
    long large = desk.add(TestJob.of("parse").mib(900));
    long slow = desk.add(TestJob.of("scan").mib(180).of(2));
    long quick = desk.add(TestJob.of("noop").mib(180).of(2));

    assertThat(desk.run()).containsExactly(quick);
    assertThat(desk.why(large)).isEqualTo("needs 900 MiB, no worker has so much free now");
    assertThat(desk.running).doesNotContainKey(slow);
  }

  @Test
  void aPromiseThatCannotBeKeptKeepsNoWorkerIdleForEver() {
    desk.worker("w", 10, 1000);
    desk.run();
    // Somebody else takes half of it, and does not give it back.
    desk.add(TestJob.of("scan").mib(500));
    desk.run();
    desk.add(TestJob.of("parse").mib(900));
    long small = desk.add(TestJob.of("noop").mib(200));
    desk.run();

    assertThat(desk.running).doesNotContainKey(small);
    desk.pass(Duration.ofSeconds(70));

    assertThat(desk.running).containsKey(small);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void reservationsNeverExceedWhatAWorkerHas(long seed) {
    Desk any = new Desk(seed);
    any.worker("a", 8, 700);
    any.worker("b", 8, 2000);
    for (int i = 0; i < 400; i++) {
      any.add(
          TestJob.of(any.random.nextBoolean() ? "parse" : "scan")
              .of(any.random.nextInt(4))
              .mib(16L << any.random.nextInt(7))
              .reading(1L << any.random.nextInt(20)));
    }
    for (int i = 0; i < 8000 && any.ended.size() < 400; i++) {
      any.pass(Duration.ofMillis(100));
      assertThat(taken(any, 1)).isLessThanOrEqualTo(700 * Desk.MIB);
      assertThat(taken(any, 2)).isLessThanOrEqualTo(2000 * Desk.MIB);
      for (long job : List.copyOf(any.running.keySet())) {
        if (any.random.nextInt(5) == 0) {
          any.scheduler.learn(job, (1L << any.random.nextInt(9)) * Desk.MIB, 1);
          any.succeed(job);
        }
      }
      any.run();
    }

    assertThat(any.ended).hasSize(400);
  }

  private static long taken(Desk desk, long seat) {
    return desk.running.values().stream()
        .filter(offer -> offer.seat() == seat)
        .mapToLong(Effect.Offer::memoryBytes)
        .sum();
  }
}
