package dev.scriptorium.plugin.pdf;

import java.util.BitSet;
import java.util.Locale;

/**
 * Which words a book uses, to tell a hyphen that only breaks a line from one that belongs to its
 * word. Remembers words in a fixed 1 MiB, so it says yes to about one word in ten thousand that the
 * book has not (a Bloom filter). Not thread-safe.
 */
final class Vocabulary {
  private static final int BITS = 1 << 23;

  private final BitSet words = new BitSet(BITS);

  /**
   * Learns the words of a line, without the first and last, which may be halves.
   *
   * @param text words separated by single spaces
   */
  void learn(String text) {
    int start = text.indexOf(' ') + 1;
    int last = text.lastIndexOf(' ');
    while (start > 0 && start <= last) {
      int end = text.indexOf(' ', start);
      add(text.substring(start, end));
      start = end + 1;
    }
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
    return word.substring(start, end).toLowerCase(Locale.ROOT).replace('\u2010', '-');
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
