package dev.scriptorium.plugin;

/**
 * Something that a character says, where the text names who says it.
 *
 * @param range where it stands, quotation marks included; not empty
 * @param text exactly the code points of the range, at most 1000
 * @param speaker the name that the text gives; of {@code analyze} the range of a mention
 * @param entity ordinal of the speaker's entity; 0 as long as it is not known, as in {@code
 *     analyze}
 */
public record Quotation(TextRange range, String text, TextRange speaker, int entity) {
  /** Most code points. */
  public static final int LONGEST = 1000;

  /** Checks the ranges. */
  public Quotation {
    if (entity < 0 || range.end() == range.start()) {
      throw new IllegalArgumentException("entity " + entity + ", " + range);
    }
  }
}
