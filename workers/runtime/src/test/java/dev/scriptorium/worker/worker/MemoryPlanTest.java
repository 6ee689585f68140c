package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.pool.RunnerCaps;
import dev.scriptorium.worker.pool.RunnerNeeds;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long MEBIBYTE = 1 << 20;

  private final RunnerCaps ordinary =
      new RunnerCaps(
          ByteSize.ofMebibytes(512), ByteSize.ofMebibytes(64), ByteSize.ofMebibytes(256));
  private final MemoryPlan plan = new MemoryPlan(ByteSize.ofMebibytes(4000), ordinary);

  @Test
  void anOrdinaryJobTakesWhatItIsExpectedToNeed() {
    assertThat(plan.admit(300 * MEBIBYTE, false, 0)).contains(RunnerNeeds.ordinary(300 * MEBIBYTE));
    assertThat(plan.admit(300 * MEBIBYTE, false, 3700 * MEBIBYTE)).isPresent();
    assertThat(plan.admit(300 * MEBIBYTE, false, 3701 * MEBIBYTE)).isEmpty();
  }

  @Test
  void aJobOfWhichNothingIsKnownTakesAllThatItsRunnerMay() {
    assertThat(plan.admit(0, false, 0)).contains(RunnerNeeds.ordinary(832 * MEBIBYTE));
  }

  @Test
  void aJobAboveTheOrdinaryCapGetsARunnerOfItsOwnWithHeadroom() {
    RunnerNeeds needs = plan.admit(1000 * MEBIBYTE, false, 0).orElseThrow();

    assertThat(needs.reservedBytes()).isEqualTo(1250 * MEBIBYTE);
    RunnerCaps caps = needs.own().orElseThrow();
    assertThat(caps.hard().mebibytes()).isEqualTo(1250);
    assertThat(caps.heap().mebibytes()).isBetween(800L, 900L);
  }

  @Test
  void asManyLargeJobsRunTogetherAsTheBudgetAdmits() {
    assertThat(plan.admit(1000 * MEBIBYTE, false, 2500 * MEBIBYTE)).isPresent();
    assertThat(plan.admit(1000 * MEBIBYTE, false, 3001 * MEBIBYTE)).isEmpty();
  }

  @Test
  void aJobThatHasCrashedGetsTwiceTheOrdinaryCapWhereThatIsFree() {
    RunnerNeeds wide = plan.admit(300 * MEBIBYTE, true, 0).orElseThrow();
    RunnerNeeds tight = plan.admit(300 * MEBIBYTE, true, 3000 * MEBIBYTE).orElseThrow();

    assertThat(wide.own().orElseThrow().hard().mebibytes()).isEqualTo(1664);
    assertThat(tight.own().orElseThrow().hard().mebibytes()).isEqualTo(1000);
    assertThat(plan.admit(300 * MEBIBYTE, true, 3200 * MEBIBYTE)).isEmpty();
  }

  @Test
  void aJobLargerThanTheBudgetNeverFits() {
    assertThat(plan.admit(4001 * MEBIBYTE, false, 0)).isEmpty();
  }
}
