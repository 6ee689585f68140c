package dev.scriptorium.plugin.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.local.Findings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SpeechTest {
  private static final AnalysisHandler HANDLER = new AnalysisHandler();

  // Names must be known as such before one believes that they speak.
  private static final String PEOPLE =
      "Mr. Hale walked down to the sea with Margaret Hale, and they met Captain Prior there.";

  @BeforeAll
  static void warm() throws IOException {
    HANDLER.warm();
  }

  @Test
  void whatIsSaidHasItsSpeakerWhereTheTextNamesOne() throws IOException {
    String text =
        PEOPLE
            + "\n\n“It is late,” said Mr. Hale. “We must go home.”"
            + "\n\n“Not yet!” cried Margaret."
            + "\n\nCaptain Prior answered, “The tide waits for nobody.”"
            + "\n\n“Then let us go,” he said."
            + "\n\n\uD83C\uDF0A “I am cold,” Margaret softly said.";

    assertThat(speakers(text))
        .containsExactly(
            Map.entry("“It is late,”", "Mr. Hale"),
            Map.entry("“We must go home.”", "Mr. Hale"),
            Map.entry("“Not yet!”", "Margaret Hale"),
            Map.entry("“The tide waits for nobody.”", "Captain Prior"),
            Map.entry("“I am cold,”", "Margaret Hale"));
  }

  @Test
  void twoSpeakersOfAParagraphKeepTheirWords() throws IOException {
    String text =
        PEOPLE + "\n\n“Come,” said Mr. Hale. “Why?” asked Margaret, and nobody moved for a while.";

    assertThat(speakers(text))
        .containsExactly(Map.entry("“Come,”", "Mr. Hale"), Map.entry("“Why?”", "Margaret Hale"));
  }

  @Test
  void aLongSpeechIsCutAtABlank() throws IOException {
    String text = PEOPLE + "\n\n“" + "very ".repeat(400) + "far,” said Mr. Hale.";

    Findings found = TestJob.analyze("en", text).run(HANDLER);

    assertThat(found.quotations()).hasSize(1);
    assertThat(found.quotations().getFirst().text()).hasSizeBetween(900, 1000).endsWith("very");
  }

  private static Map<String, String> speakers(String text) throws IOException {
    Findings found = TestJob.analyze("en", text).run(HANDLER);
    Findings summary = TestJob.summarize("en", found, text).run(HANDLER);
    Map<String, String> speakers = new LinkedHashMap<>();
    for (Quotation quotation : summary.quotations()) {
      Entity speaker = summary.entities().get(quotation.entity() - 1);
      assertThat(quotation.text()).isEqualTo(slice(text, quotation.range()));
      assertThat(speaker.mentions()).contains(quotation.speaker());
      speakers.put(quotation.text(), speaker.displayName());
    }
    return speakers;
  }

  private static String slice(String text, TextRange range) {
    return text.substring(
        text.offsetByCodePoints(0, range.start()), text.offsetByCodePoints(0, range.end()));
  }
}
