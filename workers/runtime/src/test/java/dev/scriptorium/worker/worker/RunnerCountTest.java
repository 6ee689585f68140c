package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.worker.files.ByteSize;
import org.junit.jupiter.api.Test;

class RunnerCountTest {
  private static final ByteSize EACH = ByteSize.ofMebibytes(832);
  private static final ByteSize MUCH = ByteSize.ofMebibytes(100_000);

  @Test
  void aNumberARangeAndTheSingleEndsAreRead() {
    assertThat(RunnerCount.of("3", null, null, MUCH, EACH)).isEqualTo(new RunnerCount(3, 3));
    assertThat(RunnerCount.of("1..4", null, null, MUCH, EACH)).isEqualTo(new RunnerCount(1, 4));
    assertThat(RunnerCount.of(null, 2, 7, MUCH, EACH)).isEqualTo(new RunnerCount(2, 7));
    assertThat(RunnerCount.of(null, 50, null, MUCH, EACH)).isEqualTo(new RunnerCount(50, 50));
    assertThat(RunnerCount.of(null, null, 1, MUCH, EACH)).isEqualTo(new RunnerCount(1, 1));
  }

  @Test
  void withoutAWordThereAreAtMostAsManyAsProcessorsAndAsFitWhenWarm() {
    int processors = Runtime.getRuntime().availableProcessors();

    assertThat(RunnerCount.of(null, null, null, MUCH, EACH).most()).isEqualTo(processors);
    assertThat(RunnerCount.of(null, null, null, EACH, EACH).most()).isBetween(1, 3);
  }

  @Test
  void aRunnerThatDoesNotFitIsRefusedWithBothSizes() {
    assertThatThrownBy(() -> RunnerCount.of(null, null, null, ByteSize.ofMebibytes(800), EACH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("800m")
        .hasMessageContaining("832m");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> RunnerCount.of("many", null, null, MUCH, EACH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RunnerCount.of(null, 3, 2, MUCH, EACH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
