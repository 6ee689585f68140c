package dev.scriptorium.plugin.pdf;

import java.util.BitSet;
import java.util.Locale;

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
   * Learns the words of a line; halves of words at its start and end are left out. Lines come in
   * their order.
   *
   * @param text words separated by single spaces
   */
  void learn(String text) {
    countHyphens(text);
    boolean broken = Hyphens.endsWithHyphen(text);
    int firstSpace = text.indexOf(' ');
    int start = !insideWord ? 0 : firstSpace < 0 ? text.length() : firstSpace + 1;
    int end = broken ? text.lastIndexOf(' ') : text.length();
    insideWord = broken;
    while (start < end) {
      int space = text.indexOf(' ', start);
      int stop = space < 0 ? end : Math.min(space, end);
      add(text.substring(start, stop));
      start = stop + 1;
    }
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
    String key = key(word);
    if (key.isEmpty()) {
      return;
    }
    set(key);
    if (key.indexOf('-') > 0) {
      for (String part : key.split("-", -1)) {
        if (!part.isEmpty()) {
          set(part);
        }
      }
    }
  }

  private void set(String key) {
    long hash = hash(key);
    words.set((int) (hash & (BITS - 1)));
    words.set((int) ((hash >>> 32) & (BITS - 1)));
  }

  /** True when the book has the word elsewhere, in any case of letters. */
  boolean contains(String word) {
    long hash = hash(key(word));
    return words.get((int) (hash & (BITS - 1))) && words.get((int) ((hash >>> 32) & (BITS - 1)));
  }

  /** Lower case, without the signs around it. */
  private static String key(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && !Character.isLetterOrDigit(word.charAt(start))) {
      start++;
    }
    while (end > start && !Character.isLetterOrDigit(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(start, end).toLowerCase(Locale.ROOT).replace(TYPESET_HYPHEN, '-');
  }

  /** FNV-1a with a final mixing; 64 bits. */
  private static long hash(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return hash ^ (hash >>> 29);
  }
}
