package dev.scriptorium.plugin.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sentence is the library's. */
class SentenceDetectorTest {
  private static final String MODEL = "/opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin";

  @SuppressWarnings("NullAway.Init")
  private static SentenceDetector detector;

  @SuppressWarnings("NullAway.Init")
  private static SentenceDetectorME library;

  @BeforeAll
  static void load() throws IOException {
    detector = EnglishModels.load().detector();
    try (InputStream in =
        Objects.requireNonNull(SentenceDetectorTest.class.getResourceAsStream(MODEL), MODEL)) {
      library = new SentenceDetectorME(new SentenceModel(in));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Stop",
        ".",
        "!",
        "Go. On",
        "Mr. Thorne came. He sat.",
        "Wait...  what?! No.",
        "I. A. B.",
        "\"Go!\" said he. \"Now?\"",
        "He left.She came.",
        "a.b.C d.",
        "No. 7 is here.",
        "x .Y",
        "  Hi. "
      })
  void strangeTextsAreSplitAlike(String text) {
    assertSameSentences(text);
  }

  @Test
  void anyOrderOfCharactersIsSplitAlike() {
    Random random = new Random(1);
    String characters = "aeIT .!?..  \"'(),-\u00a0\n";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder("a");
      for (int k = random.nextInt(40); k > 0; k--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      assertSameSentences(text.append('z').toString());
    }
  }

  @Test
  void allOfTheCorpusIsSplitAlike() throws IOException {
    for (Path text : Corpus.texts("litbank", "descriptions")) {
      String plain = Files.readString(text).replaceAll("[“”]", "\"").replaceAll("[‘’]", "'");
      for (String paragraph : plain.split("\n\n", -1)) {
        assertSameSentences(paragraph.strip());
      }
    }
  }

  private static void assertSameSentences(String text) {
    List<String> expected =
        Arrays.stream(library.sentPosDetect(text))
            .map(span -> span.getStart() + "-" + span.getEnd())
            .toList();
    assertThat(detector.sentences(text).stream().map(SentenceDetectorTest::ends).toList())
        .as("%s", text)
        .isEqualTo(expected);
  }

  private static String ends(Span span) {
    return span.getStart() + "-" + span.getEnd();
  }
}
