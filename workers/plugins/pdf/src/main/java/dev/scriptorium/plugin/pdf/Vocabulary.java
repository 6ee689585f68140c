package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.LineJoint;
import java.util.BitSet;

/**
 * Which words a book uses, to tell a hyphen that only breaks a line from one that belongs to its
 * word. Remembers words in a fixed 1 MiB, so it says yes to about one word in ten thousand that the
 * book has not (a Bloom filter). Not thread-safe.
 */
final class Vocabulary {
  /** A book that breaks words does so in more of its lines than this share. */
  private static final double BREAKING_SHARE = 0.006;

  private static final int BITS = 1 << 23;
  private static final char TYPESET_HYPHEN = '\u2010';

  private final BitSet words = new BitSet(BITS);
  private boolean insideWord;
  private int lines;
  private int hyphensAtEnds;
  private int hyphensInLines;
  private int typesetHyphensInLines;
  private int typesetHyphensAtEnds;

  /**
   * Learns the words of a line; what may be halves of words at its start and end is left out. Lines
   * come in their order.
   *
   * @param text words separated by single spaces
   */
  void learn(String text) {
    countHyphens(text);
    boolean broken = Hyphens.endsWithHyphen(text) || endsWithHangul(text);
    int firstSpace = text.indexOf(' ');
    int start = !insideWord ? 0 : firstSpace < 0 ? text.length() : firstSpace + 1;
    int end = broken ? text.lastIndexOf(' ') : text.length();
    insideWord = broken;
    while (start < end) {
      int space = text.indexOf(' ', start);
      int stop = space < 0 ? end : Math.min(space, end);
      add(text, start, stop);
      start = stop + 1;
    }
  }

  private static boolean endsWithHangul(String text) {
    return !text.isEmpty() && LineJoint.isHangul(text.charAt(text.length() - 1));
  }

  private void countHyphens(String text) {
    int last = text.length() - 1;
    lines++;
    hyphensAtEnds += Hyphens.endsWithHyphen(text) ? 1 : 0;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      if (c == TYPESET_HYPHEN) {
        typesetHyphensAtEnds += i == last ? 1 : 0;
        typesetHyphensInLines += i == last ? 0 : 1;
      } else if (c == '-' && i < last) {
        hyphensInLines++;
      }
    }
  }

  /**
   * True when the book has U+2010 for hyphens that break lines, and the plain sign for those that
   * belong to a word; then nothing need be guessed.
   */
  boolean marksTypesetHyphens() {
    return typesetHyphensAtEnds > 2
        && typesetHyphensInLines * 20 < typesetHyphensAtEnds
        && hyphensInLines > 0;
  }

  /** True when so few lines end in a hyphen that the book seems not to break words. */
  boolean breaksNoWords() {
    return hyphensAtEnds < BREAKING_SHARE * lines;
  }

  /** Learns a whole word, and each half of one with hyphens. */
  void add(String word) {
    add(word, 0, word.length());
  }

  private void add(String text, int from, int to) {
    int start = keyStart(text, from, to);
    int end = keyEnd(text, start, to);
    if (start == end) {
      return;
    }
    set(hash(text, start, end));
    int part = start;
    for (int i = start; i < end; i++) {
      if (isHyphen(text.charAt(i))) {
        if (part < i) {
          set(hash(text, part, i));
        }
        part = i + 1;
      }
    }
    if (part > start && part < end) {
      set(hash(text, part, end));
    }
  }

  private void set(long hash) {
    words.set((int) (hash & (BITS - 1)));
    words.set((int) ((hash >>> 32) & (BITS - 1)));
  }

  /** True when the book has the word elsewhere, in any case of letters. */
  boolean contains(String word) {
    int start = keyStart(word, 0, word.length());
    long hash = hash(word, start, keyEnd(word, start, word.length()));
    return words.get((int) (hash & (BITS - 1))) && words.get((int) ((hash >>> 32) & (BITS - 1)));
  }

  /** The first letter or digit: signs around a word are no part of it. */
  private static int keyStart(String text, int from, int to) {
    int start = from;
    while (start < to && !Character.isLetterOrDigit(text.charAt(start))) {
      start++;
    }
    return start;
  }

  private static int keyEnd(String text, int start, int to) {
    int end = to;
    while (end > start && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isHyphen(char c) {
    return c == '-' || c == TYPESET_HYPHEN;
  }

  /** FNV-1a of the lower case with a final mixing; 64 bits. */
  private static long hash(String text, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      char plain = c == TYPESET_HYPHEN ? '-' : Character.toLowerCase(c);
      hash = (hash ^ plain) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return hash ^ (hash >>> 29);
  }
}
