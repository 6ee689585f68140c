package dev.scriptorium.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.positions.ApproximateSearch.End;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApproximateSearchTest {
  @Test
  void theBestPlaceIsThatOfTheWholeTable() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      String pattern = text(random, 1 + random.nextInt(200));
      String text = text(random, random.nextInt(400));
      int least = leastErrors(pattern, text);

      List<End> ends = new ApproximateSearch(pattern).ends(text, pattern.length(), 1000);
      int found = ends.stream().mapToInt(End::errors).min().orElse(pattern.length());

      assertThat(found).as("%s in %s", pattern, text).isEqualTo(least);
    }
  }

  @Test
  void anAlignmentHasAsManyErrorsAsWereFound() {
    Random random = new Random(12);
    for (int round = 0; round < 300; round++) {
      String pattern = text(random, 1 + random.nextInt(100));
      String text = text(random, 200);
      for (End end : new ApproximateSearch(pattern).ends(text, pattern.length(), 3)) {
        Alignment alignment = new Alignment(pattern, text, end.index(), end.errors());

        assertThat(alignment.errors(0, pattern.length())).isEqualTo(end.errors());
        assertThat(alignment.end(pattern.length())).isEqualTo(end.index());
        assertThat(alignment.begin(0)).isBetween(0, end.index());
      }
    }
  }

  @Test
  void onlyTheBestPlacesAreKept() {
    String text = "abcdefgh.........".repeat(5) + "abcdxfgh";

    List<End> ends = new ApproximateSearch("abcdxfgh").ends(text, 3, 2);

    assertThat(ends).hasSize(2).contains(new End(text.length(), 0));
  }

  @Test
  void aPatternThatIsTooLongIsRefused() {
    String long513 = "x".repeat(ApproximateSearch.MAX_PATTERN + 1);

    assertThatThrownBy(() -> new ApproximateSearch(long513))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ApproximateSearch(""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abc ’語".charAt(random.nextInt(6)));
    }
    return text.toString();
  }

  /** The table of Sellers: a row for each character of the text, begin and end free. */
  private static int leastErrors(String pattern, String text) {
    int[] column = new int[pattern.length() + 1];
    for (int i = 0; i < column.length; i++) {
      column[i] = i;
    }
    int least = pattern.length();
    for (int j = 1; j <= text.length(); j++) {
      int[] next = new int[column.length];
      for (int i = 1; i < column.length; i++) {
        int both = column[i - 1] + (pattern.charAt(i - 1) == text.charAt(j - 1) ? 0 : 1);
        next[i] = Math.min(both, Math.min(column[i], next[i - 1]) + 1);
      }
      column = next;
      least = Math.min(least, column[pattern.length()]);
    }
    return least;
  }
}
