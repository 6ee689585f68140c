package dev.scriptorium.booktext;

import java.util.Arrays;

/** What canonical text does with a character; one look at a table each. Thread-safe. */
final class CharacterKind {
  /** Stays as it is, whatever stands beside it: Unicode's normal form C never changes it. */
  static final byte PLAIN = 0;

  /** White space other than a blank. */
  static final byte SPACE = 1;

  /** Soft hyphens, byte order marks and controls are left out. */
  static final byte LEFT_OUT = 2;

  /** Marks, halves of pairs, and what normalisation may change: the paragraph must be looked at. */
  static final byte UNSURE = 3;

  /** What all kinds but plain ones and blanks have a bit of. */
  static final int SPECIAL = 3;

  /** The blank, which stays where it is between two plain characters. */
  static final byte BLANK = 4;

  /** First and last character of ranges that hold nothing but plain characters and white space. */
  private static final int[] PLAIN_RANGES = {
    0x21, 0x7E, // ASCII
    0xA1, 0x2FF, // Latin
    0x388, 0x482, // Greek, Cyrillic
    0x48A, 0x590, // Cyrillic, Armenian
    0x5D0, 0x5F4, // Hebrew
    0x620, 0x64A, // Arabic
    0x660, 0x66F,
    0x671, 0x6D5,
    0x1E00, 0x1EFF, // Latin
    0x200B, 0x20CF, // punctuation, word joiners, currencies
    0x2100, 0x2125, // all letter-like symbols but ohm, kelvin and ångström
    0x2127, 0x2129,
    0x212C, 0x2328, // arrows, mathematics
    0x232B, 0x2ADB, // drawings, dingbats
    0x3001, 0x3029, // punctuation of East Asia
    0x3030, 0x3098, // kana
    0x309B, 0x312F,
    0x3400, 0x9FFF, // ideographs
    0xAC00, 0xD7A3, // syllables of Korean
    0xFF01, 0xFFDC, // wide and narrow forms
  };

  private static final byte[] KINDS = kinds();

  private CharacterKind() {}

  static byte of(char c) {
    return KINDS[c];
  }

  static boolean isSpace(char c) {
    return KINDS[c] == SPACE || KINDS[c] == BLANK;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[Character.MAX_VALUE + 1];
    Arrays.fill(kinds, UNSURE);
    for (int i = 0; i < PLAIN_RANGES.length; i += 2) {
      Arrays.fill(kinds, PLAIN_RANGES[i], PLAIN_RANGES[i + 1] + 1, PLAIN);
    }
    Arrays.fill(kinds, 0, ' ', LEFT_OUT);
    Arrays.fill(kinds, 0x7F, 0xA0, LEFT_OUT);
    kinds[0xAD] = LEFT_OUT;
    kinds[0xFEFF] = LEFT_OUT;
    // The last white space of Unicode is the ideographic one.
    for (int c = 0; c <= 0x3000; c++) {
      if (Words.isSpace(c)) {
        kinds[c] = SPACE;
      }
    }
    kinds[' '] = BLANK;
    return kinds;
  }
}
