package dev.scriptorium.plugin.analysis.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Facts.Readability;
import dev.scriptorium.plugin.TextCounts;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormulasTest {
  // 100 words in 5 sentences, 452 letters, 140 syllables, 20 words above six letters, 10 of three
  // syllables: the values below were worked out by hand from the published formulas.
  private static final TextCounts COUNTS = new TextCounts(100, 5, 452, 140, 20, 10);

  @Test
  void englishHasItsOwnFormulas() {
    assertThat(values("en"))
        .containsEntry("LIX", 40.0)
        .containsEntry("RIX", 4.0)
        .containsEntry("FLESCH_READING_EASE", 68.1)
        .containsEntry("FLESCH_KINCAID_GRADE", 8.73)
        .containsEntry("GUNNING_FOG", 12.0)
        .containsEntry("SMOG_GRADE", 11.21)
        .containsEntry("COLEMAN_LIAU_INDEX", 9.3)
        .containsEntry("AUTOMATED_READABILITY_INDEX", 9.86);
  }

  @Test
  void otherLanguagesHaveThoseThatWereMadeForThem() {
    assertThat(values("de")).containsOnlyKeys("LIX", "RIX", "AMSTAD").containsEntry("AMSTAD", 78.1);
    assertThat(values("fr")).containsEntry("KANDEL_MOLES", 83.66);
    assertThat(values("es")).containsEntry("FERNANDEZ_HUERTA", 102.44);
    assertThat(values("it")).containsEntry("GULPEASE", 58.8);
    assertThat(values("nl")).containsEntry("DOUMA", 80.44);
    assertThat(values("fi")).containsOnlyKeys("LIX", "RIX");
  }

  @Test
  void aTextWithoutWordsHasNone() {
    assertThat(Formulas.of(TextCounts.NONE, "en")).isEmpty();
    assertThat(Formulas.difficulty(TextCounts.NONE)).isEmpty();
  }

  @Test
  void difficultyEndsAtAHundred() {
    assertThat(Formulas.difficulty(COUNTS)).hasValue(40);
    assertThat(Formulas.difficulty(new TextCounts(5000, 1, 9, 9, 0, 0))).hasValue(100);
  }

  private static Map<String, Double> values(String language) {
    return Formulas.of(COUNTS, language).stream()
        .collect(Collectors.toMap(Readability::formula, Readability::value));
  }
}
