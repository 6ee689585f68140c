package dev.scriptorium.loadtest.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The scenario with fewer rounds. */
class FairnessIT {
  @Test
  void oneJobBesideTenThousandBeginsWithinASlice() throws Exception {
    FairnessRun.Figures figures = new FairnessRun(10_000, 300, 5).call();

    assertThat(figures.left()).isGreaterThan(9_000);
    assertThat(figures.longest()).isLessThanOrEqualTo(figures.slice());
  }
}
