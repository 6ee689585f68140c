package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of jobs, workers and faults; every step keeps the invariants. */
class SchedulerStressTest {
  private static final int STEPS = 4000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void noJobIsForgottenAndEveryAttemptEndsOnce(long seed) {
    SimulatedFleet fleet = new SimulatedFleet(new Random(seed));

    for (int step = 0; step < STEPS; step++) {
      fleet.step();
    }
    fleet.settle(Duration.ofHours(2));

    assertThat(fleet.unfinished()).as("jobs that never ended, seed " + seed).isEmpty();
    assertThat(fleet.ended()).as("jobs that ended, seed " + seed).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104})
  void theSameSeedGivesTheSameHistory(long seed) {
    SimulatedFleet one = new SimulatedFleet(new Random(seed));
    SimulatedFleet two = new SimulatedFleet(new Random(seed));

    for (int step = 0; step < 1000; step++) {
      one.step();
      two.step();
    }

    assertThat(one.history()).hasSizeGreaterThan(200);
    assertThat(one.history().equals(two.history())).isTrue();
  }
}
