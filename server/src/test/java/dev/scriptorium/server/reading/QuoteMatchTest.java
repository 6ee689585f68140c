package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.reading.QuoteMatch.Found;
import dev.scriptorium.server.reading.QuoteMatch.Likeness;
import dev.scriptorium.server.reading.QuoteMatch.Quote;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuoteMatchTest {
  private static final String TEXT =
      "Anna saw the old mill by night. Then the old mill burned. Nobody saw the old mill again.";

  @Test
  void ofManyEqualPlacesTheOneWithTheSameSurroundingsCounts() {
    int second = TEXT.indexOf("the old mill burned");
    Quote quote = Quote.of(TEXT, second, second + 12);
    String other = "A preface that was not there. " + TEXT;

    assertThat(find(other, quote, 0, Likeness.SAME)).contains(other.indexOf("the old mill burned"));
  }

  @Test
  void amongEqualSurroundingsTheNearestCounts() {
    Quote quote = new Quote("the old mill", "", "");

    assertThat(find(TEXT, quote, 1000, Likeness.SAME)).contains(TEXT.lastIndexOf("the old mill"));
    assertThat(find(TEXT, quote, 0, Likeness.SAME)).contains(TEXT.indexOf("the old mill"));
  }

  @Test
  void otherBlanksCapitalsAndQuotationMarksDoNotMatter() {
    Quote quote = new Quote("\u201cThe  mill\u201d \u2014 he said", "", "");
    String other = "x y \"the mill\"\n\n- He said. z";

    Optional<Found> found = new QuoteMatch(other).find(quote, 0, Likeness.FOLDED);

    assertThat(found).isPresent();
    assertThat(other.substring(found.get().start(), found.get().end()))
        .isEqualTo("\"the mill\"\n\n- He said");
    assertThat(find(other, quote, 0, Likeness.SAME)).isEmpty();
  }

  @Test
  void aQuoteThatWasRewrittenIsFoundBetweenWhatStoodAroundIt() {
    Quote quote = Quote.of(TEXT, TEXT.indexOf("Then"), TEXT.indexOf("burned") + 6);
    String other = TEXT.replace("Then the old mill burned", "Later that mill was set on fire");

    assertThat(find(other, quote, 0, Likeness.SURROUNDINGS)).contains(other.indexOf("Later"));
  }

  @Test
  void aBookmarkIsFoundByItsSurroundingsAlone() {
    int place = TEXT.indexOf("burned");
    Quote quote = Quote.of(TEXT, place, place);
    String other = "More before. " + TEXT;

    assertThat(quote.exact()).isEmpty();
    assertThat(find(other, quote, place, Likeness.SAME)).contains(other.indexOf("burned"));
    assertThat(find("Nothing of this kind.", quote, place, Likeness.SAME)).isEmpty();
  }

  @Test
  void surroundingsAreCutBetweenCodePoints() {
    String text = "\uD83D\uDE00".repeat(40) + "mill" + "\uD83D\uDE00".repeat(40);

    Quote quote = Quote.of(text, 80, 84);

    assertThat(quote.prefix()).isEqualTo("\uD83D\uDE00".repeat(32));
    assertThat(quote.suffix()).isEqualTo("\uD83D\uDE00".repeat(32));
  }

  private static Optional<Integer> find(String text, Quote quote, int near, Likeness likeness) {
    return new QuoteMatch(text).find(quote, near, likeness).map(Found::start);
  }
}
