package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {
  @ParameterizedTest
  @CsvSource({"en,en", "en_US,en-US", "eng,en", "ger,de", "ja-jp,ja-jp", "zh-Hant-TW,zh-Hant-TW"})
  void tagsBecomeWellFormed(String written, String expected) {
    assertThat(LanguageTag.normalise(" " + written + "\n")).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "und", "English language", "x\u0000", "e"})
  void whatIsNoTagIsNothing(String written) {
    assertThat(LanguageTag.normalise(written)).isEmpty();
  }

  @Test
  void primaryIsTheLanguageAlone() {
    assertThat(LanguageTag.primary("EN-gb")).isEqualTo("en");
  }
}
