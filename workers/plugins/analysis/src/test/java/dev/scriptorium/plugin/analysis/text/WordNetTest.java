package dev.scriptorium.plugin.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WordNetTest {
  private static WordNet words = WordNet.none();

  @BeforeAll
  static void load() throws IOException {
    words = WordNet.load();
  }

  @Test
  void formsAreTakenBackToTheirBase() {
    assertThat(words.lemma("houses", "NOUN")).isEqualTo("house");
    assertThat(words.lemma("churches", "NOUN")).isEqualTo("church");
    assertThat(words.lemma("feet", "NOUN")).isEqualTo("foot");
    assertThat(words.lemma("ran", "VERB")).isEqualTo("run");
    assertThat(words.lemma("gripped", "VERB")).isEqualTo("grip");
    assertThat(words.lemma("walking", "VERB")).isEqualTo("walk");
    assertThat(words.lemma("zxqvs", "NOUN")).isEqualTo("zxqvs");
    assertThat(words.lemma("slowly", "ADV")).isEqualTo("slowly");
  }

  @Test
  void theMostFrequentMeaningIsTold() {
    assertThat(words.sense("cottages", "NOUN")).contains(Supersense.NOUN_ARTIFACT);
    assertThat(words.sense("oaks", "NOUN")).contains(Supersense.NOUN_PLANT);
    assertThat(words.sense("noses", "NOUN")).contains(Supersense.NOUN_BODY);
    assertThat(words.sense("galloped", "VERB")).contains(Supersense.VERB_MOTION);
    assertThat(words.sense("zxqv", "NOUN")).isEmpty();
    assertThat(words.sense("slowly", "ADV")).isEmpty();
  }

  @Test
  void aDictionaryWithoutWordsKnowsNothing() {
    assertThat(WordNet.none().sense("oak", "NOUN")).isEmpty();
    assertThat(WordNet.none().lemma("oaks", "NOUN")).isEqualTo("oaks");
  }
}
