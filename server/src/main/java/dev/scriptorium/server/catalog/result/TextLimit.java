package dev.scriptorium.server.catalog.result;

/**
 * Longest texts that the catalog takes over from a file, in code points; longer ones are cut, so
 * that no book can make lists heavy.
 */
public enum TextLimit {
  /** Names of types, labels, tags. */
  LABEL(200),
  /** Names of pictures: their key in an index takes no more. */
  RESOURCE(500),
  /** Titles, names, one sentence. */
  TITLE(1_000),
  /** A blurb. */
  DESCRIPTION(50_000);

  private final int codePoints;

  TextLimit(int codePoints) {
    this.codePoints = codePoints;
  }

  /** The text, or its first code points. */
  public String cut(String text) {
    return text.length() <= codePoints || text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints));
  }
}
