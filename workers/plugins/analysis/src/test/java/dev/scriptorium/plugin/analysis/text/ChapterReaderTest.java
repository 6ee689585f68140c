package dev.scriptorium.plugin.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChapterReaderTest {
  private static ChapterReader reader = ChapterReader.plain("en");

  @BeforeAll
  static void load() throws IOException {
    reader = ChapterReader.english(EnglishModels.load());
  }

  @Test
  void noSentenceEndsAfterATitleOrAnInitial() {
    String text =
        "Mr. Crake met Mrs. Pell and Dr. Wren near St. Brannoc’s. Messrs. Hale and J. K. Prior had"
            + " gone with Mme. Duval. It was late.";

    assertThat(sentences(text))
        .containsExactly(
            "Mr. Crake met Mrs. Pell and Dr. Wren near St. Brannoc’s.",
            "Messrs. Hale and J. K. Prior had gone with Mme. Duval.",
            "It was late.");
  }

  @Test
  void aNumberFollowsNoButASentenceMayToo() {
    assertThat(sentences("She lived at No. 7 in the Row. “Shall I come?” “No. I will go.”"))
        .contains("She lived at No. 7 in the Row.");
  }

  @Test
  void paragraphsAreSeparatedByBlankLinesAndTrimmed() {
    String text = "One was here.\n\n \n\nTwo was there. \n\nThree.";

    assertThat(paragraphs(text))
        .extracting(paragraph -> text.substring(paragraph.start(), paragraph.end()))
        .containsExactly("One was here.", "Two was there.", "Three.");
  }

  @Test
  void everyTokenStandsWhereItSays() {
    String text = "“You’ll come,” she said—“won’t you, Tom?” \uD83C\uDF0A The sea-bank held.";

    for (Token token : tokens(text)) {
      assertThat(text.substring(token.start(), token.end())).isEqualTo(token.text());
    }
    assertThat(tokens(text)).extracting(Token::text).contains("Tom", "said", "—", "held");
  }

  @Test
  void wordsInsideQuotationMarksAreQuoted() {
    assertThat(quoted("“Go home,” said the boy, “at once.”"))
        .containsExactly("Go", "home", "at", "once");
    assertThat(quoted("\"Go home,\" said the boy.")).containsExactly("Go", "home");
    assertThat(quoted("‘Go home,’ said the boys’ mother.")).containsExactly("Go", "home");
    assertThat(quoted("The boys’ mother didn't come.")).isEmpty();
  }

  @Test
  void aQuotationThatIsNotClosedIsNarration() {
    String text = "“I was born in a small house by the sea, and lived there alone.";

    assertThat(quoted(text)).isEmpty();
    assertThat(paragraphs(text)).allMatch(Paragraph::framed);
  }

  @Test
  void aChunkOfAnyLengthIsReadInTimeThatGrowsWithIt() {
    String text = "It said " + "ha".repeat(200_000) + " and stopped.";

    assertThat(tokens(text)).hasSizeBetween(5, 100);
  }

  @Test
  void theBeamOfOneTagsAsTheShippedOne() {
    assertThat(tokens("Old Elias had not stirred from his chair at the end of the jetty."))
        .extracting(Token::tag)
        .containsExactly(
            "ADJ", "PROPN", "AUX", "PART", "VERB", "ADP", "PRON", "NOUN", "ADP", "DET", "NOUN",
            "ADP", "DET", "NOUN", "PUNCT");
  }

  private static List<Paragraph> paragraphs(String text) {
    List<Paragraph> found = new ArrayList<>();
    reader.<RuntimeException>read(text, found::add);
    return found;
  }

  private static List<String> sentences(String text) {
    return paragraphs(text).stream()
        .flatMap(paragraph -> paragraph.sentences().stream())
        .map(sentence -> text.substring(sentence.start(), sentence.end()))
        .toList();
  }

  private static List<Token> tokens(String text) {
    return paragraphs(text).stream()
        .flatMap(paragraph -> paragraph.sentences().stream())
        .flatMap(sentence -> sentence.tokens().stream())
        .toList();
  }

  private static List<String> quoted(String text) {
    return tokens(text).stream()
        .filter(token -> token.word() && token.quoted())
        .map(Token::text)
        .toList();
  }
}
