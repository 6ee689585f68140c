package dev.scriptorium.plugin.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.local.Findings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that nobody wrote to be read end in a time that grows with their length alone. Small ones
 * in every build; with {@code -Dpathological.scale=250} they have five million characters.
 */
class PathologicalTextTest {
  private static final int SCALE = Integer.getInteger("pathological.scale", 1);
  private static final int LENGTH = 20_000 * SCALE;
  // Many times what they take; a quadratic step takes longer still when the texts are large.
  private static final Duration BUDGET = Duration.ofSeconds(10L + SCALE);

  private static final AnalysisHandler HANDLER = new AnalysisHandler();

  @BeforeAll
  static void warm() throws IOException {
    HANDLER.warm();
  }

  static Stream<String> kinds() {
    return texts().keySet().stream();
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("one sentence", repeated("the grey sea and the Black Rock and Mr. Hale, "));
    texts.put("no spaces", repeated("abcdefghijklmnopqrstuvwxyz"));
    texts.put("paragraphs of one word", repeated("word\n\n"));
    texts.put("paragraphs of one name", repeated("Anna\n\n"));
    texts.put("only digits", repeated("3141592653"));
    texts.put("numbers", repeated("3.14159, 2.71828; "));
    texts.put("only full stops", repeated("."));
    texts.put("full stops between letters", repeated("A.b."));
    texts.put("only quotation marks", repeated("“"));
    texts.put("only capitals", repeated("Anna Bella Carla "));
    texts.put("emoji", repeated("\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"));
    texts.put("mixed scripts", repeated("Дом on 海 der θάλασσα בית بيت ภาษา Haus. "));
    texts.put("combining marks", repeated("a\u0301\u0302\u0303\u0304"));
    texts.put("speech", repeated("“Yes,” said Anna. "));
    texts.put("names of one family", family());
    texts.put("random letters", random());
    return texts;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void endsWithinItsTimeInEnglishAndWithoutModels(String kind) {
    String text = texts().getOrDefault(kind, "");
    for (String language : new String[] {"en", "xx"}) {
      Assertions.assertTimeoutPreemptively(BUDGET, () -> analyze(language, text));
    }
  }

  private static void analyze(String language, String text) throws IOException {
    Findings found = TestJob.analyze(language, text).run(HANDLER);
    for (Passage passage : found.passages().subList(0, Math.min(100, found.passages().size()))) {
      assertThat(passage.text()).isEqualTo(slice(text, passage.range()));
    }
    for (Mention mention : found.mentions().subList(0, Math.min(100, found.mentions().size()))) {
      assertThat(mention.text()).isEqualTo(slice(text, mention.range()));
    }
    Findings summary = TestJob.summarize(language, found, text).run(HANDLER);
    assertThat(summary.bookFacts()).hasSize(1);
  }

  private static String slice(String text, TextRange range) {
    int start = text.offsetByCodePoints(0, range.start());
    return text.substring(start, text.offsetByCodePoints(start, range.end() - range.start()));
  }

  private static String repeated(String unit) {
    return unit.repeat(LENGTH / unit.length());
  }

  private static String family() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < LENGTH; i++) {
      text.append("We met ").append(name(i)).append(" Smith there.\n\n");
    }
    return text.toString();
  }

  private static String name(int number) {
    StringBuilder name = new StringBuilder("X");
    for (int rest = number + 1; rest > 0; rest /= 26) {
      name.append((char) ('a' + rest % 26));
    }
    return name.toString();
  }

  private static String random() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < LENGTH) {
      int length = 1 + random.nextInt(12);
      for (int i = 0; i < length; i++) {
        text.append((char) ((random.nextInt(8) == 0 ? 'A' : 'a') + random.nextInt(26)));
      }
      text.append(random.nextInt(10) == 0 ? ". " : " ");
    }
    return text.toString();
  }
}
