package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Jobs that end their runners, and jobs that fall with others. */
class CrashTest {
  private final Desk desk = new Desk(1);

  @Test
  void theSecondTryIsElsewhereTheThirdAloneAndThereIsNoFourth() {
    long one = desk.worker("one", 1, 1000);
    desk.worker("two", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    desk.run();
    long first = desk.offer(job).seat();
    assertThat(first).isEqualTo(one);

    desk.end(job, Ending.CRASHED);
    desk.pass(Duration.ofSeconds(2));
    assertThat(desk.offer(job).seat()).isNotEqualTo(first);
    assertThat(desk.offer(job).solo()).isFalse();

    desk.end(job, Ending.CRASHED);
    desk.pass(Duration.ofSeconds(4));
    assertThat(desk.offer(job).solo()).isTrue();

    desk.end(job, Ending.CRASHED);
    desk.run();
    assertThat(desk.ended).containsEntry(job, Ending.QUARANTINED);
  }

  @Test
  void aJobThatUsesUpItsTimeHarmsLikeOneThatCrashes() {
    desk.worker("one", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    desk.run();

    desk.end(job, Ending.TIMED_OUT);
    desk.pass(Duration.ofSeconds(60));
    desk.end(job, Ending.CRASHED);
    desk.pass(Duration.ofSeconds(60));
    desk.end(job, Ending.TIMED_OUT);
    desk.run();

    assertThat(desk.ended).containsEntry(job, Ending.QUARANTINED);
  }

  @Test
  void withOneWorkerItIsTriedThereAlone() {
    desk.worker("one", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    desk.run();

    desk.end(job, Ending.CRASHED);
    desk.pass(Duration.ofSeconds(2));

    assertThat(desk.offer(job).attempt().attempt()).isEqualTo(2);
    assertThat(desk.offer(job).solo()).isTrue();
  }

  @Test
  void anotherWorkerThatNeverHasRoomIsNotWaitedForForEver() {
    desk.worker("one", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    desk.run();
    desk.worker("full", 0, 1000);

    desk.end(job, Ending.CRASHED);

    assertThat(desk.pass(Duration.ofSeconds(20))).isEmpty();
    assertThat(desk.pass(Duration.ofSeconds(20))).containsExactly(job);
  }

  @Test
  void aJobWhoseRunnerWasKilledFromOutsideRunsAgainAtOnce() {
    desk.worker("one", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    desk.run();
    desk.add(3, TestJob.of("parse"));
    desk.run();

    desk.end(job, Ending.RELEASED);

    assertThat(desk.run()).containsExactly(job);
  }

  @Test
  void whatOthersDoIsNotHeldAgainstAJob() {
    desk.worker("one", 1, 1000);
    long job = desk.add(TestJob.of("parse"));

    for (int i = 0; i < 300; i++) {
      for (int wait = 0; desk.running.isEmpty() && wait < 1000; wait++) {
        desk.pass(Duration.ofMillis(100));
      }
      desk.end(job, i % 2 == 0 ? Ending.LOST : Ending.RELEASED);
    }
    for (int wait = 0; desk.running.isEmpty() && wait < 1000; wait++) {
      desk.pass(Duration.ofMillis(100));
    }
    desk.succeed(job);
    desk.run();

    assertThat(desk.ended).containsEntry(job, Ending.SUCCEEDED);
  }
}
