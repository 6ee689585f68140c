package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void settingsAreToldApartByTheirPrefix() {
    String written = "chapters=500, pdf.page_time=3 ,pages = 7";

    assertThat(LimitTable.settings(written, ""))
        .containsExactly(Map.entry("chapters", 500L), Map.entry("pages", 7L));
    assertThat(LimitTable.settings(written, "pdf.")).containsExactly(Map.entry("page_time", 3L));
    assertThat(LimitTable.settings("", "")).isEmpty();
    assertThatThrownBy(() -> LimitTable.settings("chapters", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePageOnLimitsNamesAllWithTheirValues() throws IOException {
    String page = Files.readString(Path.of("../LIMITS.md"));

    LimitTable.of(Limits.defaults())
        .forEach(
            (name, value) -> assertThat(page).contains("| `%s` | %d |".formatted(name, value)));
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
