package dev.scriptorium.worker.runner;

import java.util.HashMap;
import java.util.Map;

/** Lengths of the chapters that a job may speak about. Not thread-safe. */
final class ChapterSizes {
  private final Map<Integer, Integer> codePoints = new HashMap<>();
  private long totalWords;
  private long totalCodePoints;

  /** Adds a chapter. */
  void add(int ordinal, int words, int points) {
    codePoints.put(ordinal, points);
    totalWords += words;
    totalCodePoints += points;
  }

  /** Words of all chapters. */
  long totalWords() {
    return totalWords;
  }

  /** Code points of all chapters. */
  long totalCodePoints() {
    return totalCodePoints;
  }

  /**
   * Checks that a range lies in its chapter.
   *
   * @throws IllegalArgumentException when it does not
   */
  void check(int chapter, int start, int end) {
    Integer length = codePoints.get(chapter);
    if (length == null || start < 0 || end < start || end > length) {
      throw new IllegalArgumentException(
          "[%d, %d) of chapter %d, which has %s code points"
              .formatted(start, end, chapter, length == null ? "no" : length));
    }
  }
}
