package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dependency is down. */
class BreakerTest {
  private final Desk desk = new Desk(1);

  @Test
  void threeFailuresInARowHoldTheKindAndNoOther() {
    open(desk);
    long other = desk.add(TestJob.of("scan"));

    assertThat(desk.run()).containsExactly(other);
    BreakerStatus status = desk.scheduler.breakers().getFirst();
    assertThat(status.dependency()).isEqualTo("ocr");
    assertThat(status.state()).isEqualTo(BreakerStatus.State.OPEN);
    assertThat(status.failures()).isEqualTo(3);
    assertThat(status.kinds()).containsExactly("parse");
    assertThat(desk.why(4)).isEqualTo("dependency ocr is down, next probe at " + status.probeAt());
    assertThat(desk.depth("parse").held() + desk.depth("parse").delayed()).isEqualTo(10);
  }

  @Test
  void aSuccessInBetweenStartsTheCountAnew() {
    desk.worker("w", 1, 1000);
    desk.add(10, TestJob.of("parse"));
    for (int i = 0; i < 5; i++) {
      desk.end(next(), Ending.RELEASED, "ocr");
      desk.end(next(), Ending.RELEASED, "ocr");
      desk.succeed(next());
    }

    assertThat(desk.scheduler.breakers().getFirst().state()).isEqualTo(BreakerStatus.State.CLOSED);
  }

  private long next() {
    for (int i = 0; i < 1000 && desk.running.isEmpty(); i++) {
      desk.pass(Duration.ofMillis(100));
    }
    return desk.running.keySet().iterator().next();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void oneProbeAtATimeEverRarerAndTheFirstThatSucceedsFreesAll(long seed) {
    Desk any = new Desk(seed);
    open(any);
    List<Instant> probes = new ArrayList<>();
    while (probes.size() < 10) {
      for (long job : any.pass(Duration.ofMillis(100))) {
        assertThat(any.running).as("probes at once").hasSize(1);
        probes.add(any.now);
        any.end(job, Ending.RELEASED, "ocr");
      }
    }
    for (int i = 1; i < probes.size(); i++) {
      long millis = Duration.between(probes.get(i - 1), probes.get(i)).toMillis();
      long bound = Math.min(1000L << i, 60_000);
      assertThat(millis).as("probe " + i).isBetween(bound / 2 - 100, bound + 200);
    }

    while (any.running.isEmpty()) {
      any.pass(Duration.ofMillis(100));
    }
    any.succeed(any.running.keySet().iterator().next());

    assertThat(any.run()).as("all that waited").hasSize(9);
    assertThat(any.scheduler.breakers().getFirst().state()).isEqualTo(BreakerStatus.State.CLOSED);
  }

  @Test
  void aProbeThatTellsNothingIsFollowedByAnother() {
    open(desk);
    while (desk.running.isEmpty()) {
      desk.pass(Duration.ofMillis(100));
    }
    long probe = desk.running.keySet().iterator().next();

    desk.end(probe, Ending.LOST);

    assertThat(desk.run()).hasSize(1);
    assertThat(desk.scheduler.breakers().getFirst().state()).isEqualTo(BreakerStatus.State.PROBING);
  }

  @Test
  void noAttemptCountsAgainstAJob() {
    desk.worker("w", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    for (int i = 0; i < 2000; i++) {
      desk.end(next(), Ending.RELEASED, "ocr");
    }
    desk.end(next(), Ending.LOST);
    for (int i = 0; i < 2; i++) {
      desk.end(next(), Ending.FAILED);
    }
    desk.succeed(next());
    desk.run();

    assertThat(desk.ended).containsEntry(job, Ending.SUCCEEDED);
  }

  @Test
  void whatHasLongBeenWellIsForgotten() {
    open(desk);
    while (desk.running.isEmpty()) {
      desk.pass(Duration.ofMillis(100));
    }
    desk.succeed(desk.running.keySet().iterator().next());

    desk.now = desk.now.plus(Duration.ofMinutes(11));
    desk.pass(Duration.ofMillis(100));

    assertThat(desk.scheduler.breakers()).isEmpty();
  }

  private static void open(Desk desk) {
    desk.worker("w", 20, 10_000);
    desk.add(3, TestJob.of("parse"));
    List<Long> started = desk.run();
    desk.add(7, TestJob.of("parse"));
    started.forEach(job -> desk.end(job, Ending.RELEASED, "ocr"));
  }
}
