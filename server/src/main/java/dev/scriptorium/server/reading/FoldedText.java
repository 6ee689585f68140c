package dev.scriptorium.server.reading;

/**
 * Text without what differs between editions of a book: runs of blanks are one, letters are small,
 * quotation marks and dashes have one form. Pure.
 */
final class FoldedText {
  private static final char NOTHING = 0;

  private final String text;
  // Index in the source of every character.
  private final int[] sources;

  private FoldedText(String text, int[] sources) {
    this.text = text;
    this.sources = sources;
  }

  static FoldedText of(String source) {
    StringBuilder folded = new StringBuilder(source.length());
    int[] sources = new int[source.length()];
    char last = NOTHING;
    for (int i = 0; i < source.length(); i++) {
      char c = fold(source.charAt(i));
      if (c != NOTHING && !(c == ' ' && last == ' ')) {
        sources[folded.length()] = i;
        folded.append(c);
        last = c;
      }
    }
    return new FoldedText(folded.toString(), sources);
  }

  private static char fold(char c) {
    return switch (c) {
      case '\u00ad', '\u200b', '\ufeff' -> NOTHING;
      case '\u2018', '\u2019', '\u201a', '\u2032' -> '\'';
      case '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb', '\u2033' -> '"';
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014' -> '-';
      case '\u00a0', '\u202f' -> ' ';
      default -> Character.isWhitespace(c) ? ' ' : Character.toLowerCase(c);
    };
  }

  String text() {
    return text;
  }

  /** Where a character came from. */
  int source(int index) {
    return sources[index];
  }

  /** The first character that came from there or from behind it. */
  int indexOf(int source) {
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sources[middle] < source) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
