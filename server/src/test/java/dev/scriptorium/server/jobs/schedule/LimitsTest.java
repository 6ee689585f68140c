package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of keys and of kinds. */
class LimitsTest {
  private static final List<Ending> ENDINGS =
      List.of(
          Ending.SUCCEEDED,
          Ending.FAILED,
          Ending.CRASHED,
          Ending.TIMED_OUT,
          Ending.LOST,
          Ending.RELEASED,
          Ending.CANCELLED);

  private final Desk desk = new Desk(1);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aKeyOfOneRunsInOrderOverRetries(long seed) {
    Desk any = new Desk(seed);
    List<Long> jobs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      jobs.add(any.add(TestJob.of("parse").of(i).priority(any.random.nextInt(100)).key("k", 1, 0)));
      any.add(TestJob.of("parse").of(i));
    }
    any.worker("w", 4, 1000);

    List<Long> done = new ArrayList<>();
    for (int i = 0; i < 2000 && done.size() < jobs.size(); i++) {
      any.pass(Duration.ofMillis(100));
      assertThat(any.running.keySet().stream().filter(jobs::contains).count()).isLessThan(2);
      for (long job : List.copyOf(any.running.keySet())) {
        boolean lost = any.random.nextInt(3) == 0;
        any.end(job, lost ? Ending.RELEASED : Ending.SUCCEEDED);
        if (!lost && jobs.contains(job)) {
          done.add(job);
        }
      }
    }

    assertThat(done).isEqualTo(jobs);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aKeyIsNeverExceededAndAlwaysReleased(long seed) {
    Desk any = new Desk(seed);
    Set<Long> keyed = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      keyed.add(any.add(TestJob.of("parse").of(i % 3).key("k", 3, 0)));
    }
    any.worker("w", 10, 1000);

    for (int i = 0; i < 5000 && any.ended.size() < 60; i++) {
      any.pass(Duration.ofMillis(200));
      assertThat(any.running).hasSizeLessThanOrEqualTo(3);
      for (long job : List.copyOf(any.running.keySet())) {
        if (any.random.nextBoolean()) {
          any.end(job, ENDINGS.get(any.random.nextInt(ENDINGS.size())));
        }
      }
      any.run();
    }

    assertThat(any.ended.keySet()).isEqualTo(keyed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noMinuteHasMoreStartsThanAllowed(long seed) {
    Desk any = new Desk(seed);
    any.add(60, TestJob.of("parse").key("k", 50, 7));
    any.add(60, TestJob.of("scan"));
    any.scheduler.setKind("scan", new KindLimit(false, 0, 5));
    any.worker("w", 50, 100_000);
    List<Instant> parses = new ArrayList<>();
    List<Instant> scans = new ArrayList<>();

    for (int i = 0; i < 9000 && any.ended.size() < 120; i++) {
      for (long job : any.pass(Duration.ofMillis(100L * (1 + any.random.nextInt(3))))) {
        (job <= 60 ? parses : scans).add(any.now);
      }
      for (long job : List.copyOf(any.running.keySet())) {
        if (any.random.nextInt(4) == 0) {
          any.succeed(job);
        }
      }
      any.run();
    }

    assertThat(parses).hasSize(60);
    assertThat(scans).hasSize(60);
    assertNoMinuteAbove(parses, 7);
    assertNoMinuteAbove(scans, 5);
    assertThat(Duration.between(scans.getFirst(), scans.getLast()))
        .as("nor much fewer")
        .isLessThan(Duration.ofMinutes(12));
  }

  private static void assertNoMinuteAbove(List<Instant> starts, int most) {
    for (int i = most; i < starts.size(); i++) {
      assertThat(Duration.between(starts.get(i - most), starts.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }
  }

  @Test
  void aPausedKindHoldsNobodyElseUp() {
    desk.scheduler.setKind("parse", new KindLimit(true, 0, 0));
    long held = desk.add(TestJob.of("parse").tier(1));
    long other = desk.add(TestJob.of("scan"));
    desk.worker("w", 2, 1000);

    assertThat(desk.run()).containsExactly(other);
    assertThat(desk.why(held)).isEqualTo("kind parse is paused");
    assertThat(desk.depth("parse").held()).isEqualTo(1);

    desk.scheduler.setKind("parse", KindLimit.NONE);
    assertThat(desk.run()).containsExactly(held);
  }

  @Test
  void aKindRunsSoManyAtOnce() {
    desk.scheduler.setKind("parse", new KindLimit(false, 2, 0));
    desk.add(5, TestJob.of("parse"));
    desk.worker("w", 10, 1000);

    assertThat(desk.run()).hasSize(2);
    desk.succeed(1);
    assertThat(desk.run()).hasSize(1);
    assertThat(desk.why(5)).isEqualTo("limit of kind parse: 2 at once");
  }

  @Test
  void aJobHeldByItsKeyIsTold() {
    long first = desk.add(TestJob.of("parse").key("k", 1, 0));
    long second = desk.add(TestJob.of("parse").key("k", 1, 0));
    desk.worker("w", 10, 1000);

    assertThat(desk.run()).containsExactly(first);
    assertThat(desk.why(second)).isEqualTo("limit of key k: 1 at once");
    assertThat(desk.depth("parse").held()).isEqualTo(1);
  }

  @Test
  void keysThatNobodyUsesAreForgotten() {
    desk.worker("w", 10, 1000);
    for (int i = 0; i < 1000; i++) {
      desk.add(TestJob.of("parse").key("key " + i, 1, i % 2));
      desk.run().forEach(desk::succeed);
    }

    desk.pass(Duration.ofSeconds(62));

    assertThat(desk.scheduler.keys()).isZero();
  }
}
