package dev.scriptorium.booktext;

import java.text.Normalizer;

/**
 * A text in NFC, and where each of its characters went.
 *
 * @param text in NFC
 * @param indexes for each index of the text before, end included, the index in NFC
 */
@SuppressWarnings("ArrayRecordComponent")
record NormalForm(String text, int[] indexes) {

  static NormalForm of(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    int[] indexes = new int[raw.length() + 1];
    int start = 0;
    while (start < raw.length()) {
      int end = start + 1;
      while (end < raw.length() && isJoined(raw, end)) {
        end++;
      }
      int from = text.length();
      text.append(Normalizer.normalize(raw.substring(start, end), Normalizer.Form.NFC));
      for (int i = start; i < end; i++) {
        indexes[i] = Math.min(from + i - start, text.length());
      }
      start = end;
    }
    indexes[raw.length()] = text.length();
    return new NormalForm(text.toString(), indexes);
  }

  /** Where a place of the text before is now; places outside are its ends. */
  int indexOf(int index) {
    return indexes[Math.clamp(index, 0, indexes.length - 1)];
  }

  /** True when a character may merge with those before it: marks, and parts of Korean syllables. */
  private static boolean isJoined(String text, int index) {
    char c = text.charAt(index);
    if (c < 0x300) {
      return false;
    }
    return Character.isLowSurrogate(c)
        || (c >= 0x1160 && c <= 0x11FF)
        || switch (Character.getType(text.codePointAt(index))) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> false;
        };
  }
}
