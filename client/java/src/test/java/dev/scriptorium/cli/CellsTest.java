package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellsTest {
  @Test
  void wideAndCombiningCharactersAreCounted() {
    assertThat(Cells.width("naïve")).isEqualTo(5);
    assertThat(Cells.width("nai\u0308ve")).isEqualTo(5);
    assertThat(Cells.width("紅楼夢")).isEqualTo(6);
  }

  @Test
  void aCutTextFitsAndSaysThatItWasCut() {
    assertThat(Cells.fit("Persuasion", 10)).isEqualTo("Persuasion");
    assertThat(Cells.fit("Persuasion", 6)).isEqualTo("Persu…");
    assertThat(Cells.width(Cells.fit("紅楼夢紅楼夢", 6))).isLessThanOrEqualTo(6);
  }

  @Test
  void linesAreBrokenAtBlanksAndParagraphsKept() {
    assertThat(Cells.wrap("one two three\n\nfour", 8))
        .containsExactly("one two", "three", "", "four");
  }

  @Test
  void aWordLongerThanTheLineStandsAlone() {
    assertThat(Cells.wrap("a incomprehensibilities b", 8))
        .containsExactly("a", "incomprehensibilities", "b");
  }

  @Test
  void wideTextIsBrokenWithoutBlanks() {
    assertThat(Cells.wrap("山路を登りながら、", 8)).containsExactly("山路を登", "りながら", "、");
  }

  @Test
  void textThatTurnsTheDirectionIsMadeHarmless() {
    assertThat(Cells.clean("gpj\u202E.epub\tx\u0085")).isEqualTo("gpj.epub x");
  }
}
