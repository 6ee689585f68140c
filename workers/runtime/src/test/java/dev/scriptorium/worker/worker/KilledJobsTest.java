package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KilledJobsTest {
  private final KilledJobs killed = new KilledJobs();

  @Test
  void aJobIsForgivenFiveTimesAndOthersAreNotTouchedByIt() {
    assertThat(LongStream.range(0, 5).allMatch(_ -> killed.forgives(7))).isTrue();

    assertThat(killed.forgives(7)).isFalse();
    assertThat(killed.forgives(8)).isTrue();
  }

  @Test
  void onlySoManyJobsAreRemembered() {
    LongStream.range(0, 6).forEach(_ -> killed.forgives(7));

    LongStream.range(100, 1100).forEach(killed::forgives);

    assertThat(killed.forgives(7)).isTrue();
  }
}
