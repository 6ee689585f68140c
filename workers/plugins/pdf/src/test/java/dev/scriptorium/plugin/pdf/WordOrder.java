package dev.scriptorium.plugin.pdf;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Compares two texts by their longest common sequence of words. */
final class WordOrder {
  private WordOrder() {}

  /** Harmonic mean of precision and recall, 0 to 1. */
  static double f1(String expected, String found) {
    Map<String, Integer> ids = new HashMap<>();
    int[] left = words(expected, ids);
    int[] right = words(found, ids);
    return 2.0 * commonLength(left, right) / (left.length + right.length);
  }

  private static int[] words(String text, Map<String, Integer> ids) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[’‘]", "'")
            .replaceAll("[“”]", "\"")
            .replaceAll("\\p{Pd}+", " - ");
    return Stream.of(plain.split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .mapToInt(word -> ids.computeIfAbsent(word, key -> ids.size()))
        .toArray();
  }

  /**
   * Length of the longest common subsequence, 64 words of the left side at a time: bit i of the
   * state is 0 where the length grows at word i.
   */
  private static int commonLength(int[] left, int[] right) {
    Map<Integer, BitSet> places = new HashMap<>();
    for (int i = 0; i < left.length; i++) {
      places.computeIfAbsent(left[i], word -> new BitSet()).set(i);
    }
    long[] state = new long[(left.length + 63) / 64];
    Arrays.fill(state, -1L);
    for (int word : right) {
      BitSet matches = places.get(word);
      if (matches != null) {
        step(state, matches.toLongArray());
      }
    }
    BitSet last = BitSet.valueOf(state);
    return left.length - last.get(0, left.length).cardinality();
  }

  /** state = (state + (state & matches)) | (state & ~matches), over the whole length. */
  private static void step(long[] state, long[] matches) {
    long carry = 0;
    for (int i = 0; i < state.length; i++) {
      long match = i < matches.length ? matches[i] : 0;
      long added = state[i] & match;
      long sum = state[i] + added;
      long total = sum + carry;
      boolean overflow =
          Long.compareUnsigned(sum, added) < 0 || Long.compareUnsigned(total, carry) < 0;
      state[i] = total | (state[i] & ~match);
      carry = overflow ? 1 : 0;
    }
  }
}
