package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageNumbersTest {
  @Test
  void arabicAndRomanNumbersAreRead() {
    assertThat(PageNumbers.value("[12]")).isEqualTo(12);
    assertThat(PageNumbers.value("xiv")).isEqualTo(14);
    assertThat(PageNumbers.value("MCMXC")).isEqualTo(1990);
    assertThat(PageNumbers.value("quay")).isEqualTo(-1);
  }

  @Test
  void headsOfDifferentPagesBecomeEqual() {
    assertThat(PageNumbers.relative("12 The Quay", 14))
        .isEqualTo(PageNumbers.relative("13 The Quay", 15))
        .containsExactly("#-2 The Quay");
    assertThat(PageNumbers.relative("Page 3 of 9", 3)).contains("Page #0 of 9");
    assertThat(PageNumbers.relative("The Quay", 3)).isEmpty();
  }
}
