package dev.scriptorium.plugin.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cut is the library's. */
class TokenizerTest {
  private static final String MODEL = "/opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin";

  @SuppressWarnings("NullAway.Init")
  private static Tokenizer tokenizer;

  @SuppressWarnings("NullAway.Init")
  private static TokenizerME library;

  @BeforeAll
  static void load() throws IOException {
    tokenizer = EnglishModels.load().tokenizer();
    try (InputStream in =
        Objects.requireNonNull(TokenizerTest.class.getResourceAsStream(MODEL), MODEL)) {
      library = new TokenizerME(new TokenizerModel(in));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "I'm",
        "can't",
        "cannot",
        "Mr.",
        "U.S.A.",
        "(he",
        "said:",
        "\"Stop!\"",
        "'tis",
        "$1.50",
        "1,250.50",
        "3rd",
        "north-east",
        "and/or",
        "a.m.",
        "...",
        "?!",
        "&amp;",
        "Ёлка",
        "東京。",
        "\uD83E\uDD8A!",
        "dogs'",
        "it's--what?",
        "[sic]",
        "e.g.",
        "http://a.b/c?d=e"
      })
  void strangeChunksAreCutAlike(String chunk) {
    assertSameCuts(chunk);
  }

  @Test
  void anyOrderOfCharactersIsCutAlike() {
    Random random = new Random(1);
    String characters = "aeinrstlAEIS'\".,;:!?()[]{}&-$/0159`’éß—";
    for (int i = 0; i < 3_000; i++) {
      StringBuilder chunk = new StringBuilder();
      for (int k = 0; k <= random.nextInt(12); k++) {
        chunk.append(characters.charAt(random.nextInt(characters.length())));
      }
      assertSameCuts(chunk.toString());
    }
  }

  @Test
  void allOfTheCorpusIsCutAlike() throws IOException {
    Set<String> chunks = new HashSet<>();
    for (Path text : Corpus.texts("litbank", "descriptions")) {
      String plain = Files.readString(text).replaceAll("[“”]", "\"").replaceAll("[‘’]", "'");
      chunks.addAll(Arrays.asList(plain.strip().split("[\\s\\p{Z}]+", -1)));
    }
    chunks.forEach(TokenizerTest::assertSameCuts);
  }

  private static void assertSameCuts(String chunk) {
    List<Integer> expected = Arrays.stream(library.tokenizePos(chunk)).map(Span::getEnd).toList();
    assertThat(tokenizer.ends(chunk)).as("%s", chunk).isEqualTo(expected);
  }
}
