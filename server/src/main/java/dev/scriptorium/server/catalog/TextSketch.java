package dev.scriptorium.server.catalog;

import java.util.Arrays;

/**
 * What a text is known by: of the hashes of all its stretches of four words the least, under each
 * of 64 functions (MinHash). Two texts share as large a part of these as of their stretches. Words
 * are compared without case and punctuation. Fed with a text piece by piece; for one thread.
 */
final class TextSketch {
  static final int SIZE = 64;
  private static final int BAND = 4;
  private static final int WORDS = 4;
  private static final int FEWEST = 50;
  private static final long PRIME = 0x100000001b3L;
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long[] SEEDS = seeds();

  private final long[] least = new long[SIZE];
  private final long[] latest = new long[WORDS];
  private long words;

  TextSketch() {
    Arrays.fill(least, Long.MAX_VALUE);
  }

  private static long[] seeds() {
    long[] seeds = new long[SIZE];
    for (int i = 0; i < SIZE; i++) {
      seeds[i] = mix(i + 1L);
    }
    return seeds;
  }

  /** Adds a piece, which ends with a word. */
  void add(String text) {
    long word = BASIS;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        word = (word ^ Character.toLowerCase(c)) * PRIME;
        inside = true;
      } else if (inside && !isJoint(c)) {
        addWord(word);
        word = BASIS;
        inside = false;
      }
    }
    if (inside) {
      addWord(word);
    }
  }

  // Editions differ in apostrophes, and in where a word may be broken.
  private static boolean isJoint(char c) {
    return c == '\'' || c == '\u2019' || c == '\u00ad';
  }

  private void addWord(long word) {
    latest[(int) (words % WORDS)] = word;
    words++;
    if (words < WORDS) {
      return;
    }
    long stretch = BASIS;
    for (int i = 0; i < WORDS; i++) {
      stretch = mix(stretch ^ latest[(int) ((words + i) % WORDS)]);
    }
    for (int i = 0; i < SIZE; i++) {
      least[i] = Math.min(least[i], mix(stretch ^ SEEDS[i]));
    }
  }

  /** True when there were words enough to tell texts apart. */
  boolean telling() {
    return words >= FEWEST;
  }

  /** The least hashes, {@link #SIZE} of them. */
  long[] least() {
    return least.clone();
  }

  /** Hashes of every four of them: nearly equal texts share at least one. */
  static long[] bands(long[] least) {
    long[] bands = new long[SIZE / BAND];
    for (int band = 0; band < bands.length; band++) {
      long hash = mix(band + 1L);
      for (int i = 0; i < BAND; i++) {
        hash = mix(hash ^ least[band * BAND + i]);
      }
      bands[band] = hash;
    }
    return bands;
  }

  /** About which part of the stretches of two texts is in both. */
  static double likeness(long[] one, long[] other) {
    int equal = 0;
    for (int i = 0; i < SIZE; i++) {
      equal += one[i] == other[i] ? 1 : 0;
    }
    return (double) equal / SIZE;
  }

  // The finisher of SplitMix64: every bit of the result hangs on every bit given.
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
