package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTextTest {
  @Test
  void ligaturesAreSplitAndSpaceIsFolded() {
    assertThat(LineText.clean(" e\uFB03cient \u00A0 \uFB02ow \uFB06 "))
        .isEqualTo("efficient flow st");
  }

  @Test
  void softHyphensGoButOneAtTheEndIsAHyphen() {
    assertThat(LineText.clean("exam\u00ADple exam\u00AD")).isEqualTo("example exam-");
  }

  @Test
  void accentsAreComposed() {
    assertThat(LineText.clean("cafe\u0301")).isEqualTo("caf\u00E9");
  }

  @Test
  void controlCharactersAndLonelySurrogatesAreDropped() {
    assertThat(LineText.clean("a\u0000b\uD800c\uDC00d\uD83D\uDE00")).isEqualTo("abcd\uD83D\uDE00");
  }

  @Test
  void spacedEllipsesAreClosedAndLeadersAreNot() {
    assertThat(LineText.clean("“To the end. . . .” he said. . . and left"))
        .isEqualTo("“To the end....” he said... and left");
    assertThat(LineText.clean("to. . .”")).isEqualTo("to...”");
    assertThat(LineText.clean("sea. . . ”")).isEqualTo("sea...”");
    assertThat(LineText.clean("One . . . . . . . 12")).isEqualTo("One . . . . . . . 12");
  }
}
