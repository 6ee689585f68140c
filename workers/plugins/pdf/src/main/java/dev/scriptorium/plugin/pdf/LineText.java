package dev.scriptorium.plugin.pdf;

import java.text.Normalizer;

/** Turns what glyphs say into plain text. */
final class LineText {
  private static final String[] LIGATURES = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  private static final char FIRST_LIGATURE = '\uFB00';
  private static final char LAST_FORM = '\uFDFF';
  private static final String AFTER_ELLIPSIS = "”’»?!)";
  private static final char SOFT_HYPHEN = '\u00AD';

  private LineText() {}

  /**
   * Splits ligatures, puts letters instead of the forms that they take beside others, folds white
   * space, drops control characters and lonely surrogates, and composes letters and their accents
   * (NFC). A soft hyphen at the end, which is one that was printed, becomes a hyphen; others are
   * dropped.
   *
   * @return without leading or trailing white space; may be empty
   */
  static String clean(CharSequence raw) {
    return isClean(raw) ? raw.toString() : cleaned(raw);
  }

  /** True for most lines of most books: single spaces, and letters and signs that stay as found. */
  private static boolean isClean(CharSequence raw) {
    char before = ' ';
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean kept = c == ' ' ? before != ' ' && before != '.' : isKept(c);
      if (!kept) {
        return false;
      }
      before = c;
    }
    return before != ' ';
  }

  /** Letters with and without accents in one piece, digits, usual signs. */
  private static boolean isKept(char c) {
    return (c > ' ' && c < 0x7F)
        || (c > 0xA0 && c < 0x300 && c != SOFT_HYPHEN)
        || (c >= 0x400 && c < 0x483)
        || (c >= 0x2010 && c < 0x2028);
  }

  private static String cleaned(CharSequence raw) {
    StringBuilder out = new StringBuilder(raw.length() + 8);
    int length = trimmedLength(raw);
    for (int i = 0; i < length; i++) {
      append(out, raw, i, i == length - 1);
    }
    int end = out.length();
    if (end > 0 && out.charAt(end - 1) == ' ') {
      out.setLength(end - 1);
    }
    closeEllipses(out);
    return Normalizer.isNormalized(out, Normalizer.Form.NFC)
        ? out.toString()
        : Normalizer.normalize(out, Normalizer.Form.NFC);
  }

  /**
   * Takes the spaces out of three or four spaced dots, as some typesetters make an ellipsis. More
   * dots are a leader, in a table of contents.
   */
  private static void closeEllipses(StringBuilder out) {
    int start = out.indexOf(".");
    while (start >= 0) {
      int dots = 1;
      int end = start + 1;
      while (nextDot(out, end) > 0) {
        end = nextDot(out, end);
        dots++;
      }
      if ((dots == 3 || dots == 4) && end - start > dots) {
        out.replace(start, end, ".".repeat(dots));
        end = start + dots;
        if (end + 1 < out.length()
            && out.charAt(end) == ' '
            && AFTER_ELLIPSIS.indexOf(out.charAt(end + 1)) >= 0) {
          out.deleteCharAt(end);
        }
      }
      start = out.indexOf(".", end);
    }
  }

  /** Place behind a dot that follows at once or after a space; 0 for none. */
  private static int nextDot(StringBuilder out, int at) {
    int dot = at < out.length() && out.charAt(at) == ' ' ? at + 1 : at;
    return dot < out.length() && out.charAt(dot) == '.' ? dot + 1 : 0;
  }

  private static int trimmedLength(CharSequence raw) {
    int length = raw.length();
    while (length > 0 && isSpace(raw.charAt(length - 1))) {
      length--;
    }
    return length;
  }

  private static void append(StringBuilder out, CharSequence raw, int i, boolean last) {
    char c = raw.charAt(i);
    if (isSpace(c)) {
      if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    } else if (c >= FIRST_LIGATURE && c < FIRST_LIGATURE + LIGATURES.length) {
      out.append(LIGATURES[c - FIRST_LIGATURE]);
    } else if (isForm(c)) {
      // Some of accents come with a space to stand on.
      out.append(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC).strip());
    } else if (c == SOFT_HYPHEN) {
      if (last) {
        out.append('-');
      }
    } else if (!isDropped(raw, i)) {
      out.append(c);
    }
  }

  /** Of Armenian, Hebrew or Arabic letters. */
  private static boolean isForm(char c) {
    return (c > FIRST_LIGATURE && c <= LAST_FORM) || (c >= 0xFE70 && c <= 0xFEFC);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isDropped(CharSequence raw, int i) {
    char c = raw.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == raw.length() || !Character.isLowSurrogate(raw.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(raw.charAt(i - 1));
    }
    // Zero width: byte order mark and joiner marks that some producers put between letters.
    return Character.isISOControl(c)
        || c == '\uFEFF'
        || c == '\u200B'
        || c == '\uFFFE'
        || c == '\uFFFF';
  }
}
