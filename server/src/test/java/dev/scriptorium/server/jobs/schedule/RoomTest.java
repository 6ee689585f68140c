package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers whose room goes to whoever is first: they serve other servers too. */
class RoomTest {
  private final Desk desk = new Desk(1);

  @Test
  void whoWasTurnedAwayOffersAgainAsSoonAsThereIsRoom() {
    desk.worker("one", 1, 1000);
    long job = desk.add(TestJob.of("parse"));
    Effect.Offer first = offers().getFirst();

    desk.scheduler.full(first.seat(), first.attempt(), desk.now);
    assertThat(offers()).isEmpty();
    desk.tell();

    assertThat(offers()).extracting(offer -> offer.attempt().job()).containsExactly(job);
  }

  @Test
  void whoDeclinedForAnotherReasonIsLeftAloneForAWhile() {
    desk.worker("one", 1, 1000);
    desk.add(TestJob.of("parse"));
    Effect.Offer first = offers().getFirst();

    desk.scheduler.decline(first.seat(), first.attempt(), desk.now);
    desk.tell();

    assertThat(offers()).isEmpty();
    desk.now = desk.now.plusMillis(500);
    assertThat(offers()).hasSize(1);
  }

  private List<Effect.Offer> offers() {
    desk.scheduler.match(desk.now);
    return desk.scheduler.effects().stream()
        .filter(Effect.Offer.class::isInstance)
        .map(Effect.Offer.class::cast)
        .toList();
  }
}
