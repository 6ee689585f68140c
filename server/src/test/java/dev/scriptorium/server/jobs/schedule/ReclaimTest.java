package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers tell what they hold for servers they cannot reach; and what is told of what waits. */
class ReclaimTest {
  private final Desk desk = new Desk(1);

  @Test
  void attemptsOfADeadServerFindTheirHeir() {
    long job = adopted("worker-1", 77);
    long seat = desk.worker("worker-1", 2, 1000);
    AttemptKey held = new AttemptKey(job, 1, 77);
    AttemptKey forged = new AttemptKey(job, 1, 78);
    AttemptKey old = new AttemptKey(job, 2, 77);
    AttemptKey elsewhere = new AttemptKey(4711, 1, 77);

    Reclaimed reclaimed =
        desk.scheduler.reclaim(seat, List.of(held, forged, old, elsewhere), desk.now);

    assertThat(reclaimed.adopted()).containsExactly(held);
    assertThat(reclaimed.strange()).containsExactly(forged, old);
    assertThat(reclaimed.unknown()).containsExactly(elsewhere);
    assertThat(desk.scheduler.overdue(desk.now.plusSeconds(60))).isEmpty();
  }

  @Test
  void whatItsWorkerDoesNotHoldIsLost() {
    long job = adopted("worker-1", 77);

    desk.worker("worker-1", 2, 1000);

    assertThat(desk.scheduler.overdue(desk.now))
        .containsExactly(new Overdue(job, 1, "worker-1", Overdue.Cause.CONTACT));
  }

  @Test
  void aWorkerThatHoldsAnOpenOfferHasTakenIt() {
    long old = desk.worker("worker-1", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    AttemptKey offered = offer();

    Reclaimed reclaimed = comeBack("worker-1", offered);
    desk.scheduler.leave(old, desk.now);

    assertThat(reclaimed.adopted()).containsExactly(offered);
    assertThat(desk.scheduler.look(job).orElseThrow().phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void nothingIsOfferedOnAStreamThatItsWorkerHasGivenUp() {
    long old = desk.worker("worker-1", 1, 1000);
    desk.add(2, TestJob.of("parse"));

    comeBack("worker-1", offer());
    desk.scheduler.heartbeat(old, 1, 1000 * Desk.MIB);
    desk.scheduler.match(desk.now);

    assertThat(desk.scheduler.effects()).noneMatch(Effect.Offer.class::isInstance);
  }

  @Test
  void whatRunsIsNotDoneAgainByAnotherWorkerThatWasAsked() {
    desk.worker("worker-1", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    AttemptKey first = offer();
    desk.scheduler.leave(1, desk.now);
    long other = desk.worker("worker-2", 1, 1000);
    AttemptKey second = offer();

    Reclaimed reclaimed = comeBack("worker-1", first);

    assertThat(second).isNotEqualTo(first);
    assertThat(reclaimed.adopted()).containsExactly(first);
    assertThat(desk.scheduler.accept(other, second, desk.now)).isFalse();
    assertThat(desk.scheduler.look(job).orElseThrow().worker()).isEqualTo("worker-1");
  }

  private AttemptKey offer() {
    desk.scheduler.match(desk.now);
    return desk.scheduler.effects().stream()
        .filter(Effect.Offer.class::isInstance)
        .map(effect -> ((Effect.Offer) effect).attempt())
        .findFirst()
        .orElseThrow();
  }

  private Reclaimed comeBack(String worker, AttemptKey held) {
    return desk.scheduler.join(
        99, worker, List.of(new JobClass("parse", "*")), List.of(held), desk.now);
  }

  private long adopted(String worker, long token) {
    Entry entry = TestJob.of("parse").entry(900);
    desk.scheduler.register(List.of(entry));
    desk.scheduler.resume(new AttemptKey(900, 1, token), worker, desk.now, desk.now.plusSeconds(8));
    desk.scheduler.commit(List.of(900L), desk.now);
    return 900;
  }

  @Test
  void everyJobThatWaitsSaysWhatFor() {
    long first = desk.add(TestJob.of("parse"));
    long blocked = desk.add(TestJob.of("parse").after(first));
    long delayed = desk.add(TestJob.of("parse").notBefore(desk.now.plusSeconds(9)));
    long strange = desk.add(TestJob.of("dance"));
    desk.worker("w", 0, 1000);

    assertThat(desk.why(first)).as("only for its turn").isEmpty();
    assertThat(desk.why(blocked)).isEqualTo("waits for job 1");
    assertThat(desk.why(delayed)).isEqualTo("not before " + desk.now.plusSeconds(9));
    assertThat(desk.why(strange)).isEqualTo("no connected worker takes dance of " + Desk.MEDIA);
    assertThat(desk.depth("parse").oldestRunnable()).isEqualTo(desk.now);
    assertThat(desk.depth("parse").blocked()).isEqualTo(1);
    assertThat(desk.depth("parse").delayed()).isEqualTo(1);
  }
}
