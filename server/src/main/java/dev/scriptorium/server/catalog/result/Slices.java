package dev.scriptorium.server.catalog.result;

import java.util.ArrayList;
import java.util.List;

/** Cuts a book at chapter borders into slices of about equal length for analysis. */
final class Slices {
  private static final long WORDS = 20_000;

  /**
   * @param first ordinal of its first chapter
   * @param last ordinal of its last chapter
   */
  record Slice(int first, int last) {}

  private Slices() {}

  /**
   * @param words words of every chapter, in reading order
   * @return slices that cover all chapters, in order; none when there is no word
   */
  static List<Slice> of(List<Integer> words) {
    long total = words.stream().mapToLong(Integer::longValue).sum();
    long count = Math.max(1, Math.round((double) total / WORDS));
    List<Slice> slices = new ArrayList<>();
    long covered = 0;
    long before = 0;
    int first = 1;
    for (int ordinal = 1; ordinal <= words.size() && total > 0; ordinal++) {
      covered += words.get(ordinal - 1);
      boolean hasWords = covered > before;
      // The share of the text that the slices so far should cover.
      boolean full = covered * count >= total * (slices.size() + 1);
      if (ordinal == words.size() || (hasWords && full && covered < total)) {
        slices.add(new Slice(first, ordinal));
        first = ordinal + 1;
        before = covered;
      }
    }
    return slices;
  }
}
