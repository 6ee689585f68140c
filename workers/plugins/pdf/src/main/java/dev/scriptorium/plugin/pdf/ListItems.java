package dev.scriptorium.plugin.pdf;

/** Knows the lines with which an entry of a list, or of a table of contents, begins or ends. */
final class ListItems {
  private static final String BULLETS = "•‣◦▪▫●○■□✓➢";
  private static final String ROMAN = "ivx";
  private static final int LONGEST_MARKER = 4;

  /** Dots of a leader, the spaces between them not counted. */
  private static final int LEADER = 4;

  private ListItems() {}

  /** True for a line that begins with a bullet and a space. */
  static boolean startsWithBullet(String line) {
    return line.length() > 2 && BULLETS.indexOf(line.charAt(0)) >= 0 && line.charAt(1) == ' ';
  }

  /**
   * True for a line that begins with a marker that counts, as {@code (i)}, {@code b)} or {@code 3.}
   */
  static boolean startsWithMarker(String line) {
    int space = line.indexOf(' ');
    int start = line.startsWith("(") ? 1 : 0;
    int end = space - 1;
    if (end <= start || end - start > LONGEST_MARKER || space + 1 == line.length()) {
      return false;
    }
    boolean closed = line.charAt(end) == ')';
    return isNumber(line, start, end)
        ? closed || (start == 0 && line.charAt(end) == '.')
        : closed && (isRoman(line, start, end) || isLetter(line, start, end));
  }

  private static boolean isNumber(String line, int start, int end) {
    for (int i = start; i < end; i++) {
      if (line.charAt(i) < '0' || line.charAt(i) > '9') {
        return false;
      }
    }
    return end - start <= 2;
  }

  private static boolean isRoman(String line, int start, int end) {
    for (int i = start; i < end; i++) {
      if (ROMAN.indexOf(line.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(String line, int start, int end) {
    return end - start == 1 && line.charAt(start) >= 'a' && line.charAt(start) <= 'k';
  }

  /** True for a line whose end is dots that lead to a page number. */
  static boolean endsWithLeader(String line) {
    int at = line.length();
    while (at > 0 && Character.isLetterOrDigit(line.charAt(at - 1))) {
      at--;
    }
    int dots = 0;
    while (at > 0 && (line.charAt(at - 1) == '.' || line.charAt(at - 1) == ' ')) {
      at--;
      dots += line.charAt(at) == '.' ? 1 : 0;
    }
    return dots >= LEADER && line.charAt(line.length() - 1) != '.';
  }
}
