package dev.scriptorium.plugin.analysis.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyllablesTest {
  @ParameterizedTest
  @CsvSource({
    "en, the, 1",
    "en, table, 2",
    "en, made, 1",
    "en, makes, 1",
    "en, horses, 2",
    "en, walked, 1",
    "en, wanted, 2",
    "en, window, 2",
    "en, yellow, 2",
    "en, beautiful, 3",
    "en, character, 3",
    "en, apple, 2",
    "en, rhythm, 1",
    "en, eye, 1",
    "en, 1812, 1",
    "en, little, 2",
    "en, houses, 2",
    "fr, fenêtre, 2",
    "fr, maison, 2",
    "fr, table, 1",
    "de, fenster, 2",
    "de, häuser, 2",
    "es, corazón, 3",
    "es, día, 2",
    "es, ciudad, 2",
    "it, poesia, 3",
    "ru, молоко, 3",
    "ru, её, 2",
    "el, θάλασσα, 3",
    "'', syllable, 3"
  })
  void syllablesOfAWord(String language, String word, int expected) {
    assertThat(Syllables.count(word, language)).isEqualTo(expected);
  }
}
