package dev.scriptorium.plugin.analysis.passages;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Knows texts again that share most of their words, by sketches of eight hashes each instead of the
 * texts. Not thread-safe.
 */
final class Repetitions {
  private static final int HASHES = 8;
  private static final int BAND = 4;

  private final Set<Long> bands = new HashSet<>();

  /** True when a text much like this one was shown before. */
  boolean seen(String text) {
    int[] sketch = sketch(text);
    boolean known = false;
    for (int from = 0; from < HASHES; from += BAND) {
      known |= !bands.add(band(sketch, from));
    }
    return known;
  }

  /** The smallest hash of any three words in a row, for each of eight hash functions. */
  private static int[] sketch(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+", -1);
    int[] smallest = new int[HASHES];
    Arrays.fill(smallest, Integer.MAX_VALUE);
    for (int i = 0; i < Math.max(1, words.length - 2); i++) {
      int shingle = Arrays.asList(words).subList(i, Math.min(words.length, i + 3)).hashCode();
      for (int k = 0; k < HASHES; k++) {
        smallest[k] = Math.min(smallest[k], mixed(shingle, k));
      }
    }
    return smallest;
  }

  private static int mixed(int hash, int seed) {
    int mixed = hash ^ (seed * 0x9E3779B9);
    mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
    return mixed ^ (mixed >>> 16);
  }

  private static long band(int[] sketch, int from) {
    long band = from;
    for (int k = from; k < from + BAND; k++) {
      band = band * 0x100000001B3L + sketch[k];
    }
    return band;
  }
}
