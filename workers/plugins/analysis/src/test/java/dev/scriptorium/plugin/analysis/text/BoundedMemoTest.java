package dev.scriptorium.plugin.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedMemoTest {
  private final List<String> made = new ArrayList<>();
  private final BoundedMemo<Integer> memo = new BoundedMemo<>(10);

  @Test
  void whatIsAskedForOftenIsMadeOnce() {
    for (int i = 0; i < 1_000; i++) {
      memo.get("often", this::make);
      memo.get("seldom" + i, this::make);
    }

    assertThat(made).filteredOn("often"::equals).hasSize(1);
  }

  @Test
  void noMoreThanTwoGenerationsAreHeld() {
    for (int i = 0; i < 1_000; i++) {
      memo.get("word" + i, this::make);

      assertThat(memo.size()).isLessThanOrEqualTo(20);
    }
  }

  private int make(String key) {
    made.add(key);
    return key.length();
  }
}
