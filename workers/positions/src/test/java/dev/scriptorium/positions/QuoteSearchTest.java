package dev.scriptorium.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class QuoteSearchTest {
  private static final String ONE =
      "Call me Ishmael. Some years ago—never mind how long precisely—having little or no money in"
          + " my purse, and nothing particular to interest me on shore, I thought I would sail"
          + " about a little and see the watery part of the world.";
  private static final String TWO =
      "It is a way I have of driving off the spleen, and regulating the circulation. Whenever I"
          + " find myself growing grim about the mouth; whenever it is a damp, drizzly November in"
          + " my soul, I account it high time to get to sea as soon as I can.";

  @Test
  void whatHasNotChangedIsFoundWhereItIs() {
    Quote quote = quote(TWO, "a damp, drizzly November");

    Optional<FoundPassage> found = new QuoteSearch(List.of(ONE, TWO)).find(quote, 0.9);

    assertThat(found)
        .hasValue(new FoundPassage(1, TWO.indexOf("a damp"), TWO.indexOf(" in my soul"), 1));
  }

  @Test
  void aPassageIsFoundInAnotherOrderOfTheChapters() {
    Quote quote = quote(TWO, "a damp, drizzly November");

    assertThat(found(quote, 0.9, TWO, ONE)).isEqualTo("0 a damp, drizzly November");
  }

  @Test
  void mendedSlipsAndOtherQuotationMarksAreNoHindrance() {
    String before = TWO.replace("drizzly November", "drizly Novemver").replace("soul", "sole");
    Quote quote = quote(before, "it is a damp, drizly Novemver in my sole");

    assertThat(found(quote, 0.9, ONE, TWO))
        .isEqualTo("1 it is a damp, drizzly November in my soul");
  }

  @Test
  void ofEqualWordsThoseBetweenTheirOldNeighboursAreFound() {
    String text = "He said yes to her. Then he said yes to him. At last he said yes to all.";
    int second = text.indexOf("yes to him");
    Quote quote = Quote.of(text, second, second + 3);

    FoundPassage found =
        new QuoteSearch(List.of("A new one. " + text)).find(quote, 0).orElseThrow();

    assertThat(found.start()).isEqualTo(second + "A new one. ".length());
  }

  @Test
  void ofPassagesThatAreEqualInAllTheNearestIsFound() {
    String line = "And the stars went out, one by one, above the silent house. ".repeat(2);
    List<String> chapters = List.of(line, line, line);
    Quote quote = new Quote("stars went out", "And the ", ", one by one, above the silent house");

    QuoteSearch search = new QuoteSearch(chapters);

    assertThat(search.find(quote, 0).orElseThrow().chapter()).isZero();
    assertThat(search.find(quote, 0.5).orElseThrow().chapter()).isEqualTo(1);
    assertThat(search.find(quote, 1).orElseThrow().chapter()).isEqualTo(2);
  }

  @Test
  void aParagraphPutIntoAPassageBelongsToIt() {
    Quote quote = quote(ONE, ONE.substring(17, 200));
    String parted = ONE.replace("on shore", "on\n\n" + TWO + "\n\nshore");

    String found = found(quote, 0, "x", parted);

    assertThat(found).startsWith("1 Some years ago").contains(TWO).endsWith("see the w");
  }

  @Test
  void aPassageThatANewChapterCutsEndsWithTheFirst() {
    Quote quote = quote(ONE, ONE.substring(17, 200));
    int cut = ONE.indexOf("and nothing particular");

    String found = found(quote, 0, ONE.substring(0, cut).strip(), ONE.substring(cut), TWO);

    assertThat(found).isEqualTo("0 " + ONE.substring(17, cut).strip());
  }

  @Test
  void offsetsCountCodePoints() {
    Quote quote = quote(TWO, "damp, drizzly");
    String shifted = "\uD83D\uDE00\uD83D\uDE00 " + TWO;

    FoundPassage found = new QuoteSearch(List.of(shifted)).find(quote, 0).orElseThrow();

    assertThat(found.start()).isEqualTo(3 + TWO.indexOf("damp, drizzly"));
    assertThat(found.end() - found.start()).isEqualTo("damp, drizzly".length());
  }

  @Test
  void whatIsGoneIsNotFound() {
    Quote quote = quote(TWO, "a damp, drizzly November in my soul");

    assertThat(new QuoteSearch(List.of(ONE)).find(quote, 0.5)).isEmpty();
    assertThat(new QuoteSearch(List.of()).find(quote, 0.5)).isEmpty();
  }

  @Test
  void otherBlanksCapitalsAndQuotationMarksDoNotMatter() {
    Quote quote = new Quote("\u201cThe  mill\u201d \u2014 he said", "", "");
    String other = "x y \"the mill\"\n\n- He said. z";

    assertThat(found(quote, 0, other)).isEqualTo("0 \"the mill\"\n\n- He said");
  }

  @Test
  void aPassageThatWasRewrittenIsFoundBetweenWhatStoodAroundIt() {
    String text = "Anna saw the old mill by night. Then the old mill burned. Nobody saw it again.";
    String other = text.replace("Then the old mill burned", "Later that mill was set on fire");

    assertThat(found(quote(text, "Then the old mill burned"), 0, other))
        .contains("mill was set on fire");
  }

  @Test
  void aMerePlaceIsFoundByWhatStandsAroundIt() {
    int place = TWO.indexOf("Whenever");
    Quote quote = Quote.of(TWO, place, place);
    assertThat(quote.exact()).isEmpty();

    String mended = TWO.replace("regulating the circulation", "regulating my circulation");
    String parted = TWO.replace("Whenever", "A new sentence stands here now. Whenever");
    String rewritten = TWO.replace("circulation. Whenever I find", "circulations! When I do find");

    assertThat(place(quote, ONE, TWO)).isEqualTo("1 Whenever I");
    assertThat(place(quote, mended, ONE)).isEqualTo("0 Whenever I");
    assertThat(place(quote, ONE, parted)).isEqualTo("1 Whenever I");
    assertThat(place(quote, ONE, rewritten)).isEqualTo("1 When I do");
    assertThat(new QuoteSearch(List.of(ONE)).find(quote, 0.5)).isEmpty();
  }

  @Test
  void whatStandsNowhereIsNotFound() {
    Quote nowhere = new Quote("", "", "");

    assertThat(new QuoteSearch(List.of(ONE)).find(nowhere, 0)).isEmpty();
    assertThat(new QuoteSearch(List.of()).find(nowhere, 0)).isEmpty();
  }

  @Test
  void surroundingsAreCutBetweenCodePoints() {
    String text = "\uD83D\uDE00".repeat(40) + "mill" + "\uD83D\uDE00".repeat(40);

    Quote quote = Quote.of(text, 40, 44);
    Quote odd = new Quote("mill", "x" + "\uD83D\uDE00".repeat(32), "\uD83D\uDE00".repeat(33));

    assertThat(quote.exact()).isEqualTo("mill");
    assertThat(quote.prefix()).isEqualTo("\uD83D\uDE00".repeat(32));
    assertThat(quote.suffix()).isEqualTo("\uD83D\uDE00".repeat(32));
    assertThat(odd).isEqualTo(quote);
  }

  @Test
  void progressBeyondTheBookIsRefused() {
    QuoteSearch search = new QuoteSearch(List.of(ONE));

    assertThatThrownBy(() -> search.find(quote(ONE, "Ishmael"), 1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Timeout(10)
  void noBookTakesLong() {
    String monotonous = "a".repeat(1_000_000);
    Random random = new Random(3);
    StringBuilder unlike = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      unlike.append((char) ('a' + random.nextInt(3)));
    }
    QuoteSearch search = new QuoteSearch(List.of(monotonous));

    assertThat(search.find(new Quote("a".repeat(300), "b", "c"), 0.5)).isPresent();
    assertThat(search.find(new Quote(unlike.toString(), "b", "c"), 0.5)).isEmpty();
    assertThat(search.find(new Quote(unlike.toString().repeat(50), "b", "c"), 0.5)).isEmpty();
  }

  private static Quote quote(String text, String passage) {
    int start = text.indexOf(passage);
    return Quote.of(text, start, start + passage.length());
  }

  /** Index of the chapter and the next ten characters. */
  private static String place(Quote quote, String... chapters) {
    FoundPassage found = new QuoteSearch(List.of(chapters)).find(quote, 0.5).orElseThrow();
    assertThat(found.end()).isEqualTo(found.start());
    String text = chapters[found.chapter()];
    return found.chapter() + " " + text.substring(found.start(), found.start() + 10).strip();
  }

  /** Index of the chapter and the words found. */
  private static String found(Quote quote, double progress, String... chapters) {
    FoundPassage found = new QuoteSearch(List.of(chapters)).find(quote, progress).orElseThrow();
    return found.chapter() + " " + chapters[found.chapter()].substring(found.start(), found.end());
  }
}
