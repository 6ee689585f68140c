package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives every word of a sentence its part of speech: the tags of the library's tagger with the same
 * model, several times faster. The library searches with a beam, but takes the observations of a
 * place from the best beginning for all beginnings, so the best one stays the best and the search
 * is greedy in effect. What a word adds is therefore summed up once and remembered; tags are chosen
 * by the sums, without making probabilities of them, and the sums are made with care only where two
 * tags come close. Thread-safe.
 */
public final class Tagger {
  // About 350 bytes a word: at most 12 MB. A long novel has 15,000 forms, most of them met once.
  private static final int REMEMBERED = 16_000;
  // A word that is longer is seldom met twice.
  private static final int LONGEST_REMEMBERED = 24;

  private final TagParameters parameters;
  private final NearSums near;
  private final BoundedMemo<Word> words = new BoundedMemo<>(REMEMBERED);

  Tagger(TagParameters parameters) {
    this.parameters = parameters;
    this.near = parameters.near();
  }

  /**
   * Tags a sentence.
   *
   * @param sentence words and marks, none empty
   * @return universal parts of speech, one for each
   */
  public List<String> tag(List<String> sentence) {
    List<Word> known = new ArrayList<>(sentence.size());
    for (String word : sentence) {
      known.add(word(word));
    }
    int[] indices = tagWords(known);
    List<String> tags = new ArrayList<>(indices.length);
    for (int index : indices) {
      tags.add(parameters.tag(index));
    }
    return tags;
  }

  /** The same tagger, remembering nothing yet. */
  public Tagger forgetful() {
    return new Tagger(parameters);
  }

  /** What the model knows of a word, not empty. */
  Word word(String text) {
    return text.length() > LONGEST_REMEMBERED
        ? parameters.word(text)
        : words.get(text, parameters::word);
  }

  /** Name of a tag that {@link #tagWords} gave. */
  String name(int tag) {
    return parameters.tag(tag);
  }

  /** Tags as numbers, one for each word. */
  int[] tagWords(List<Word> sentence) {
    int[] tags = new int[sentence.size()];
    float[] sums = new float[parameters.count()];
    for (int i = 0; i < tags.length; i++) {
      addNearly(sentence, i, tags, sums);
      int highest = near.highest(sums);
      tags[i] =
          highest == NearSums.UNCERTAIN ? highest(parameters.sums(sentence, i, tags)) : highest;
    }
    return tags;
  }

  private void addNearly(List<Word> sentence, int place, int[] tags, float[] sums) {
    float[] nothing = near.nothing();
    int words = tags.length;
    add(
        sentence.get(place).own(),
        place > 0 ? sentence.get(place - 1).form().nearlyOneBefore : nothing,
        place > 1 ? sentence.get(place - 2).form().nearlyTwoBefore : nothing,
        place + 1 < words ? sentence.get(place + 1).form().nearlyOneAfter : nothing,
        place + 2 < words ? sentence.get(place + 2).form().nearlyTwoAfter : nothing,
        near.atBegin(place),
        near.afterTags(tags, place),
        sums);
  }

  // All rows in one go, several outcomes at once: faster than picking what is not zero.
  private static void add(
      float[] own, float[] a, float[] b, float[] c, float[] d, float[] e, float[] f, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = own[i] + a[i] + b[i] + c[i] + d[i] + e[i] + f[i];
    }
  }

  private static int highest(double[] sums) {
    int highest = 0;
    for (int i = 1; i < sums.length; i++) {
      if (sums[i] > sums[highest]) {
        highest = i;
      }
    }
    return highest;
  }
}
