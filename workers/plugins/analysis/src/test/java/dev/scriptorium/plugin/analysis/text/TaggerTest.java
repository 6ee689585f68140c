package dev.scriptorium.plugin.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tag is the library's. */
class TaggerTest {
  private static EnglishModels models;
  private static LibraryTags library;

  @BeforeAll
  static void load() throws IOException {
    models = EnglishModels.load();
    library = LibraryTags.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Stop",
        "Go on",
        "Mr. Thorne 's 3rd house -- No. 17/B -- cost £ 1,250.50 in 1851 !",
        "THE KEEPER WAS IN . B. A. it It IT",
        "Ёлка 東京 カタカナ ひらがな 🦊 é İstanbul ß ΑΩ",
      })
  void shortAndStrangeSentencesGetTheSameTags(String sentence) {
    assertSameTags(List.of(sentence.split(" ", -1)));
  }

  @Test
  void sentencesLongerThanAnyMemoryOfTheLibraryGetTheSameTags() {
    assertSameTags(sentence(new Random(1), 2_000));
  }

  @Test
  void anyOrderOfWordsGetsTheSameTags() {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      assertSameTags(sentence(random, 1 + random.nextInt(40)));
    }
  }

  @Test
  void forgettingChangesNothing() {
    List<String> sentence = sentence(new Random(3), 200);
    Tagger warm = models.tagger();
    List<String> tags = warm.tag(sentence);

    for (int i = 0; i < 30_000; i++) {
      warm.word("word" + i);
    }

    assertThat(warm.tag(sentence)).isEqualTo(tags);
    assertThat(warm.forgetful().tag(sentence)).isEqualTo(tags);
  }

  @Test
  void allOfTheCorpusGetsTheSameTags() throws IOException {
    ChapterReader reader = ChapterReader.english(models);
    for (Path text : Corpus.texts("litbank", "descriptions")) {
      reader.read(
          Files.readString(text),
          paragraph -> {
            for (Sentence sentence : paragraph.sentences()) {
              assertSameTags(sentence);
            }
            return true;
          });
    }
  }

  private static void assertSameTags(Sentence sentence) {
    // The models were shown straight marks.
    List<String> words =
        sentence.tokens().stream()
            .map(token -> token.text().replaceAll("[“”„«»]", "\"").replaceAll("[‘’]", "'"))
            .toList();
    assertThat(sentence.tokens().stream().map(Token::tag).toList())
        .as("%s", words)
        .isEqualTo(library.tag(words));
  }

  private static void assertSameTags(List<String> sentence) {
    assertThat(models.tagger().tag(sentence)).as("%s", sentence).isEqualTo(library.tag(sentence));
  }

  /** Words in any order: well-made sentences never come near a tie, these do. */
  private static List<String> sentence(Random random, int length) {
    List<String> words =
        List.of(
            ("the a old grey keeper Tessaly Brook Mrs. harbour , . ; \" ' -- was were had been is"
                 + " walked walking slowly over under to that which who her his 's n't not and but"
                 + " if when 1851 17 3rd I you it light lights lit Sunday north-east THE unwieldy"
                 + " glimmering zxqv aaaa ! ? ( ) no well still like")
                .split(" ", -1));
    List<String> sentence = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      sentence.add(words.get(random.nextInt(words.size())));
    }
    return sentence;
  }
}
