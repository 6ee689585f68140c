package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.files.ByteSize;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {
  private static final long MEBIBYTE = 1 << 20;

  private double machine;
  private final MemoryGuard guard =
      new MemoryGuard(ByteSize.ofMebibytes(1000), () -> machine, () -> 100 * MEBIBYTE);

  @Test
  void theTreeMayGrowBelowEightyShrinksAboveNinetyAndIsBrakedAboveNinetyFivePercent() {
    assertThat(verdict(699)).isEqualTo("grow");
    assertThat(verdict(701)).isEqualTo("stay");
    assertThat(verdict(801)).isEqualTo("shrink");
    assertThat(verdict(851)).isEqualTo("brake");
  }

  @Test
  void aFullMachineStopsGrowthAndShrinksButKillsNobody() {
    machine = 0.81;
    assertThat(verdict(100)).isEqualTo("stay");
    machine = 0.99;
    assertThat(verdict(100)).isEqualTo("shrink");
  }

  @Test
  void roomEndsWhereShrinkingWouldBegin() {
    guard.look(400 * MEBIBYTE);

    assertThat(guard.roomFor(399 * MEBIBYTE)).isTrue();
    assertThat(guard.roomFor(401 * MEBIBYTE)).isFalse();
  }

  private String verdict(long runnersMebibytes) {
    guard.look(runnersMebibytes * MEBIBYTE);
    if (guard.mustBrake()) {
      return "brake";
    }
    return guard.mustShrink() ? "shrink" : guard.mayGrow() ? "grow" : "stay";
  }
}
