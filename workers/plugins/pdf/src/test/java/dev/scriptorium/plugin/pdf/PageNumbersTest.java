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

  @Test
  void numbersWithinASectionAreReadToo() {
    assertThat(PageNumbers.relative("111:4 The Quay and the Tide of the Year", 4))
        .isEqualTo(PageNumbers.relative("111:6 The Quay and the Tide of the Year", 6))
        .containsExactly("111:#0 The Quay and the Tide of the Year");
    assertThat(PageNumbers.relative("B-17", 20)).containsExactly("B-#-3");
    assertThat(PageNumbers.relative("tide-17", 20)).isEmpty();
  }

  @Test
  void aLongHeadMayEndWithTheNumberOfPages() {
    assertThat(PageNumbers.relative("A Description of the Quay of the Town, page 3 of 9", 3))
        .contains("A Description of the Quay of the Town, page #0 of 9");
  }
}
