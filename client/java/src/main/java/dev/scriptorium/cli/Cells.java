package dev.scriptorium.cli;

import java.util.ArrayList;
import java.util.List;

/** Text measured in terminal cells: wide characters take two, combining ones none. */
final class Cells {
  private Cells() {}

  /** Number of cells that the text takes on one line. */
  static int width(String text) {
    return text.codePoints().map(Cells::width).sum();
  }

  /** The text, cut to at most {@code cells} with an ellipsis at its end. */
  static String fit(String text, int cells) {
    if (width(text) <= cells) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 1;
    for (int codePoint : text.codePoints().toArray()) {
      used += width(codePoint);
      if (used > cells) {
        break;
      }
      cut.appendCodePoint(codePoint);
    }
    return cut.toString().stripTrailing() + "…";
  }

  /** Cut and filled with blanks to exactly {@code cells}. */
  static String padded(String text, int cells) {
    String fitted = fit(text, cells);
    return fitted + " ".repeat(Math.max(0, cells - width(fitted)));
  }

  /** Cut and moved to the right edge of {@code cells}. */
  static String right(String text, int cells) {
    String fitted = fit(text, cells);
    return " ".repeat(Math.max(0, cells - width(fitted))) + fitted;
  }

  /**
   * What a book says, made harmless for a terminal: on one line, without control characters, which
   * could move the cursor or worse.
   */
  static String clean(String text) {
    return lineOf(text.replaceAll("\\s+", " ").strip());
  }

  /** Without control characters, line ends kept. */
  static String cleanLines(String text) {
    return String.join("\n", text.lines().map(Cells::lineOf).toList());
  }

  private static String lineOf(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().filter(codePoint -> !isHarmful(codePoint)).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isHarmful(int codePoint) {
    boolean directs =
        (codePoint >= 0x202A && codePoint <= 0x202E)
            || (codePoint >= 0x2066 && codePoint <= 0x2069);
    return directs || (Character.isISOControl(codePoint) && codePoint != '\t');
  }

  /**
   * Lines of at most {@code cells}, broken at blanks, or between wide characters, which have none
   * between them; line ends of the text are kept.
   */
  static List<String> wrap(String text, int cells) {
    List<String> lines = new ArrayList<>();
    text.lines().forEach(line -> wrapLine(line, cells, lines));
    return lines;
  }

  private static void wrapLine(String text, int cells, List<String> lines) {
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (String word : words(text.strip(), cells)) {
      int width = width(word);
      if (used > 0 && used + 1 + width > cells) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      if (used > 0) {
        line.append(' ');
        used++;
      }
      line.append(word);
      used += width;
    }
    lines.add(line.toString());
  }

  /** What stands between blanks; Chinese and Japanese in pieces that fit. */
  private static List<String> words(String text, int cells) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(" +", -1)) {
      int start = 0;
      int used = 0;
      for (int i = 0; i < word.length(); i += Character.charCount(word.codePointAt(i))) {
        used += width(word.codePointAt(i));
        if (used > cells && i > start && isWide(word.codePointAt(i))) {
          words.add(word.substring(start, i));
          start = i;
          used = width(word.codePointAt(i));
        }
      }
      words.add(word.substring(start));
    }
    return words;
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  /** East Asian wide and full-width forms, and the emoji planes. */
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115F
            || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD));
  }
}
