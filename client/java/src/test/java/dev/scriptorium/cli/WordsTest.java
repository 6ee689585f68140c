package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.PassageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "999949,999.9 kB",
    "999950,1.0 MB",
    "5242880,5.2 MB"
  })
  void sizesAreReadable(long bytes, String text) {
    assertThat(Words.size(bytes)).isEqualTo(text);
  }

  @Test
  void valuesLoseTheirPrefix() {
    assertThat(Words.of(Book.State.STATE_READABLE)).isEqualTo("readable");
    assertThat(Words.of(PassageType.PASSAGE_TYPE_LOCATION)).isEqualTo("location");
    assertThat(Words.of(Book.State.STATE_UNSPECIFIED)).isEqualTo("-");
  }

  @Test
  void oneIsNotPlural() {
    assertThat(Words.count(1, "book")).isEqualTo("1 book");
    assertThat(Words.count(1200, "book")).isEqualTo("1,200 books");
  }
}
