package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A server takes over jobs of which some run, or have begun: their limits hold from then on. */
class TakeOverTest {
  private final Desk desk = new Desk(1);

  @Test
  void whatRunsIsCountedBeforeOthersTakenOverWithItAreLetThrough() {
    desk.worker("w", 4, 1000);

    takeOver(entry(901, History.NONE), running(902));

    assertThat(desk.run()).isEmpty();
  }

  @Test
  void whatHasBegunComesBeforeWhatHasNot() {
    desk.worker("w", 4, 1000);

    takeOver(entry(901, History.NONE), entry(902, begun()));

    assertThat(desk.run()).containsExactly(902L);
  }

  @Test
  void aJobThatWasLetThroughWaitsForOneThatTurnsOutToRun() {
    long own = desk.add(TestJob.of("parse").key("k", 1, 0));

    takeOver(running(902));
    desk.worker("w", 4, 1000);

    assertThat(desk.run()).isEmpty();
    succeed(902);
    assertThat(desk.run()).containsExactly(own);
  }

  @Test
  void aRetryInOrderWaitsForOneThatTurnsOutToRun() {
    desk.worker("w", 4, 1000);
    long own = desk.add(TestJob.of("parse").key("k", 1, 0));
    long next = desk.add(TestJob.of("parse").key("k", 1, 0));
    desk.run();
    desk.end(own, Ending.RELEASED);

    takeOver(running(902));

    assertThat(desk.pass(Duration.ofSeconds(5))).isEmpty();
    succeed(902);
    assertThat(desk.run()).containsExactly(own);
    desk.succeed(own);
    assertThat(desk.run()).containsExactly(next);
  }

  private record Taken(Entry entry, boolean runs) {}

  private static Taken running(long id) {
    return new Taken(TestJob.of("parse").key("k", 1, 0).entry(id), true);
  }

  private static Taken entry(long id, History history) {
    Entry fresh = TestJob.of("parse").key("k", 1, 0).entry(id);
    return new Taken(
        new Entry(
            id,
            new UUID(0, 0),
            fresh.book(),
            fresh.work(),
            fresh.tier(),
            fresh.after(),
            fresh.memoryBytes(),
            fresh.deadline(),
            fresh.priority(),
            fresh.notBefore(),
            fresh.limit(),
            fresh.inputBytes(),
            history),
        false);
  }

  private static History begun() {
    return new History(1, 1, 0, 0, Set.of());
  }

  private void takeOver(Taken... jobs) {
    List<Taken> all = List.of(jobs);
    desk.scheduler.register(all.stream().map(Taken::entry).toList());
    for (Taken job : all) {
      if (job.runs) {
        AttemptKey key = new AttemptKey(job.entry.id(), 1, 77);
        desk.scheduler.resume(key, "other", desk.now, desk.now.plusSeconds(100));
      }
    }
    desk.scheduler.commit(all.stream().map(job -> job.entry.id()).toList(), desk.now);
  }

  private void succeed(long job) {
    desk.scheduler.end(job, 1, new Decision(Ending.SUCCEEDED, null), "other", false, desk.now);
  }
}
