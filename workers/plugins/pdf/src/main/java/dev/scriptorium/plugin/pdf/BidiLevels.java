package dev.scriptorium.plugin.pdf;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Embedding levels (UAX #9) of what stands side by side in a line, found from the order in which it
 * is seen: 0 is read from left to right, 1 from right to left, 2 from left to right within that.
 * Where several texts would look the same, the one that needs fewer changes of direction is taken.
 */
final class BidiLevels {
  /** The highest level there is. */
  static final int HIGHEST = 2;

  private BidiLevels() {}

  /** What a letter or sign is for the order of a line. */
  enum Kind {
    LEFT,
    RIGHT,
    NUMBER,
    ARABIC_NUMBER,
    /** A sign that holds numbers together, as in dates. */
    SEPARATOR,
    BLANK,
    /** A bracket, as it is seen. */
    OPENING,
    CLOSING,
    NEUTRAL
  }

  /** The kind of the first letter of a glyph. */
  static Kind kind(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Kind.NEUTRAL;
    }
    int letter = text.codePointAt(0);
    return switch (Character.getDirectionality(letter)) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> Kind.LEFT;
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
          Kind.RIGHT;
      case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> Kind.NUMBER;
      case Character.DIRECTIONALITY_ARABIC_NUMBER -> Kind.ARABIC_NUMBER;
      case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
          Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR ->
          Kind.SEPARATOR;
      case Character.DIRECTIONALITY_WHITESPACE,
          Character.DIRECTIONALITY_SEGMENT_SEPARATOR,
          Character.DIRECTIONALITY_PARAGRAPH_SEPARATOR ->
          Kind.BLANK;
      default -> otherKind(letter);
    };
  }

  private static Kind otherKind(int sign) {
    return switch (sign) {
      case '(', '[', '{' -> Kind.OPENING;
      case ')', ']', '}' -> Kind.CLOSING;
      default -> Character.isSpaceChar(sign) ? Kind.BLANK : Kind.NEUTRAL;
    };
  }

  /**
   * The levels of a line.
   *
   * @param seen from left to right
   * @param rightToLeft the direction in which the paragraph is read
   */
  static byte[] of(List<Kind> seen, boolean rightToLeft) {
    byte[] levels = new byte[seen.size()];
    if (rightToLeft) {
      Arrays.fill(levels, (byte) 1);
      raiseNumbers(seen, levels);
      raiseWordsFromTheLeft(seen, levels);
    } else {
      raiseWordsFromTheRight(seen, levels);
      raiseNumbers(seen, levels);
    }
    return levels;
  }

  /** Numbers within text from right to left, with what holds their digits together. */
  private static void raiseNumbers(List<Kind> seen, byte[] levels) {
    for (int i = 0; i < levels.length; i++) {
      boolean within =
          i > 0
              && i + 1 < levels.length
              && seen.get(i) == Kind.SEPARATOR
              && isNumber(seen.get(i - 1))
              && seen.get(i - 1) == seen.get(i + 1);
      if (levels[i] == 1 && (within || isNumber(seen.get(i)))) {
        levels[i] = 2;
      }
    }
  }

  /** From a letter to the last letter or number before one from right to left. */
  private static void raiseWordsFromTheLeft(List<Kind> seen, byte[] levels) {
    for (int i = 0; i < levels.length; i++) {
      if (seen.get(i) == Kind.LEFT) {
        int end =
            end(seen, i, kind -> kind == Kind.LEFT || kind == Kind.NUMBER, BidiLevels::isRight);
        Arrays.fill(levels, i, end, (byte) 2);
        i = end - 1;
      }
    }
  }

  /** From a letter to the last one before one from left to right. */
  private static void raiseWordsFromTheRight(List<Kind> seen, byte[] levels) {
    for (int i = 0; i < levels.length; i++) {
      if (isRight(seen.get(i))) {
        int end = end(seen, i, BidiLevels::isRight, kind -> kind == Kind.LEFT);
        Arrays.fill(levels, i, end, (byte) 1);
        i = end - 1;
      }
    }
  }

  /**
   * The end, exclusive, of what belongs together with its first letter. A bracket belongs to it
   * with its other half alone (rule N0).
   */
  private static int end(
      List<Kind> seen, int start, Predicate<Kind> letter, Predicate<Kind> other) {
    int end = start + 1;
    int open = 0;
    for (int i = start; i < seen.size() && !other.test(seen.get(i)); i++) {
      Kind kind = seen.get(i);
      if (kind == Kind.OPENING) {
        open++;
      } else if (kind == Kind.CLOSING && --open < 0) {
        break;
      }
      if (open == 0 && (kind == Kind.CLOSING || letter.test(kind))) {
        end = i + 1;
      }
    }
    return end;
  }

  private static boolean isRight(Kind kind) {
    return kind == Kind.RIGHT || kind == Kind.ARABIC_NUMBER;
  }

  private static boolean isNumber(Kind kind) {
    return kind == Kind.NUMBER || kind == Kind.ARABIC_NUMBER;
  }
}
