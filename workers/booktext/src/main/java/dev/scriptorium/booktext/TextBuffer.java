package dev.scriptorium.booktext;

import java.util.Arrays;

/**
 * Text that grows at its end. Pieces of an array are copied in as they are, which a {@link
 * StringBuilder} does character by character as soon as one of them is not Latin. Not thread-safe.
 */
final class TextBuffer implements CharSequence {
  private static final int LEAST = 16;

  private char[] chars = new char[LEAST];
  private int length;

  /**
   * Empties it.
   *
   * @param mostKept characters for which room is kept
   */
  void clear(int mostKept) {
    length = 0;
    if (chars.length > mostKept) {
      chars = new char[LEAST];
    }
  }

  void append(char c) {
    if (length == chars.length) {
      grow(1);
    }
    chars[length++] = c;
  }

  void append(char[] from, int offset, int count) {
    if (count > chars.length - length) {
      grow(count);
    }
    System.arraycopy(from, offset, chars, length, count);
    length += count;
  }

  void append(String text) {
    int count = text.length();
    if (count > chars.length - length) {
      grow(count);
    }
    text.getChars(0, count, chars, length);
    length += count;
  }

  /** Puts other text in the place of all that begins at an index. */
  void replaceFrom(int start, String text) {
    length = start;
    append(text);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return chars[index];
  }

  @Override
  public String subSequence(int start, int end) {
    return new String(chars, start, end - start);
  }

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }

  private void grow(int count) {
    int needed = Math.addExact(length, count);
    chars = Arrays.copyOf(chars, Math.max(needed, chars.length * 2));
  }
}
