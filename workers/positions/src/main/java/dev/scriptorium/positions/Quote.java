package dev.scriptorium.positions;

/**
 * A passage as it can be found again in a text that has changed since: its words, and some of what
 * stood around them. It is the TextQuoteSelector of W3C's Web Annotation Data Model.
 *
 * @param exact the passage in canonical text; empty for a mere place between the other two
 * @param prefix what stood right before it in its chapter; of a longer one the end is kept
 * @param suffix what stood right after it in its chapter; of a longer one the begin is kept
 */
public record Quote(String exact, String prefix, String suffix) {
  /** Code points kept of what stands on either side. */
  public static final int CONTEXT = 32;

  /** Cuts prefix and suffix. */
  public Quote {
    prefix = prefix.substring(before(prefix, prefix.length()));
    suffix = suffix.substring(0, after(suffix, 0));
  }

  /**
   * The passage between two offsets.
   *
   * @param text canonical text of the chapter
   * @param start in code points
   * @param end in code points, at least {@code start}
   * @throws IndexOutOfBoundsException when the text has no such offsets
   */
  public static Quote of(String text, int start, int end) {
    int from = text.offsetByCodePoints(0, start);
    int to = text.offsetByCodePoints(from, end - start);
    return new Quote(
        text.substring(from, to),
        text.substring(before(text, from), from),
        text.substring(to, after(text, to)));
  }

  // In code points, so that no character is cut in two.
  private static int before(String text, int index) {
    int most = Math.max(0, index - 2 * CONTEXT);
    int points = text.codePointCount(most, index);
    return points <= CONTEXT ? most : text.offsetByCodePoints(index, -CONTEXT);
  }

  private static int after(String text, int index) {
    int most = Math.min(text.length(), index + 2 * CONTEXT);
    int points = text.codePointCount(index, most);
    return points <= CONTEXT ? most : text.offsetByCodePoints(index, CONTEXT);
  }
}
