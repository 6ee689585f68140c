package dev.scriptorium.loadtest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job system among simulated faults: it keeps its promises, and whoever breaks it is found. */
@Timeout(600)
class SimulationTest {
  private static final int SCHEDULES = 10_000;

  private final Simulation simulation = new Simulation(2);

  @Test
  void everyPromiseIsKept() throws InterruptedException {
    Simulation.Summary summary = simulation.run(Variant.NONE, 1, SCHEDULES, false);

    assertThat(summary.first()).isEmpty();
    assertThat(summary.schedules()).isEqualTo(SCHEDULES);
    assertThat(summary.jobs()).isGreaterThan(10L * SCHEDULES);
    for (Invariant each : Invariant.values()) {
      assertThat(summary.counts().checks(each)).as(each.promise()).isGreaterThan(SCHEDULES);
    }
    for (Fault each : Fault.values()) {
      assertThat(summary.counts().times(each)).as(each.description()).isGreaterThan(SCHEDULES / 10);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aBrokenVariantIsFound(Variant variant) throws InterruptedException {
    assertThat(simulation.run(variant, 1, SimulateCommand.MOST_SEEDS, true).broken())
        .as(variant.description())
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 125, 571, 2471})
  void theSameSeedGivesTheSameRun(long seed) {
    List<String> one = new ArrayList<>();
    List<String> two = new ArrayList<>();

    Simulation.trace(Variant.NONE, seed, (millis, what) -> one.add(millis + " " + what));
    Simulation.trace(Variant.NONE, seed, (millis, what) -> two.add(millis + " " + what));

    assertThat(one).hasSizeGreaterThan(100);
    assertThat(one.equals(two)).isTrue();
  }
}
