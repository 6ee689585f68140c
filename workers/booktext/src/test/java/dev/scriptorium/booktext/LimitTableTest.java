package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitTableTest {
  private record Small(Limits inner, int itemCount, Duration time) {}

  private static final Small SMALL = new Small(Limits.defaults(), 7, Duration.ofSeconds(30));

  @Test
  void everyNumberAndTimeIsALimit() {
    assertThat(LimitTable.of(SMALL))
        .containsExactly(Map.entry("item_count", 7L), Map.entry("time", 30L));
    assertThat(LimitTable.of(Limits.defaults()))
        .hasSize(Limits.class.getRecordComponents().length)
        .containsEntry("unpacked_bytes", 1L << 30);
  }

  @Test
  void aLimitIsSetByItsName() {
    Small changed = LimitTable.with(SMALL, Map.of("item_count", 9L, "time", 2L));

    assertThat(changed).isEqualTo(new Small(Limits.defaults(), 9, Duration.ofSeconds(2)));
  }

  @Test
  void whatIsNoLimitOrNoNumberForItIsRefused() {
    assertThatThrownBy(() -> LimitTable.with(SMALL, Map.of("inner", 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no limit inner");
    assertThatThrownBy(() -> LimitTable.with(SMALL, Map.of("time", 0L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LimitTable.with(SMALL, Map.of("item_count", 1L << 31)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
