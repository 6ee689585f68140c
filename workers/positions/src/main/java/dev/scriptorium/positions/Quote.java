package dev.scriptorium.positions;

/**
 * A passage as it can be found again in a text that has changed since: its words, and some of what
 * stood around them. It is the TextQuoteSelector of W3C's Web Annotation Data Model.
 *
 * @param exact the passage in canonical text; not empty
 * @param prefix what stood right before it in its chapter; of a longer one the end is kept
 * @param suffix what stood right after it in its chapter; of a longer one the begin is kept
 */
public record Quote(String exact, String prefix, String suffix) {
  /** Characters kept of what stands on either side. */
  public static final int CONTEXT = 32;

  /** Cuts prefix and suffix. */
  public Quote {
    if (exact.isEmpty()) {
      throw new IllegalArgumentException("a quote without words");
    }
    prefix = prefix.substring(Math.max(0, prefix.length() - CONTEXT));
    suffix = suffix.substring(0, Math.min(CONTEXT, suffix.length()));
  }

  /**
   * The passage between two offsets.
   *
   * @param text canonical text of the chapter
   * @param start in code points
   * @param end in code points, above {@code start}
   * @throws IndexOutOfBoundsException when the text has no such offsets
   */
  public static Quote of(String text, int start, int end) {
    int from = text.offsetByCodePoints(0, start);
    int to = text.offsetByCodePoints(from, end - start);
    return new Quote(
        text.substring(from, to),
        text.substring(Math.max(0, from - CONTEXT), from),
        text.substring(to, Math.min(text.length(), to + CONTEXT)));
  }
}
