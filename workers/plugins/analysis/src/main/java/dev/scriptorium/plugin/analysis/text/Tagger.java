package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives every word of a sentence its part of speech: the tags of the library's tagger with the same
 * model, several times faster. The library searches with a beam, but takes the observations of a
 * place from the best beginning for all beginnings, so the best one stays the best and the search
 * is greedy in effect. What a word adds is therefore summed up once and remembered; tags are chosen
 * by the sums, without making probabilities of them. Thread-safe.
 */
public final class Tagger {
  // About 500 bytes a word: at most 16 MB. A long novel has 15,000 forms, most of them met once.
  private static final int REMEMBERED = 16_000;
  // A word that is longer is seldom met twice.
  private static final int LONGEST_REMEMBERED = 24;

  private final TagParameters parameters;
  private final BoundedMemo<Word> words = new BoundedMemo<>(REMEMBERED);

  Tagger(TagParameters parameters) {
    this.parameters = parameters;
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
    double[] sums = new double[parameters.count()];
    double[] nothing = parameters.nothing();
    for (int i = 0; i < tags.length; i++) {
      Word word = sentence.get(i);
      double[] oneBefore = i > 0 ? sentence.get(i - 1).oneBefore() : nothing;
      double[] twoBefore = i > 1 ? sentence.get(i - 2).twoBefore() : nothing;
      double[] oneAfter = i + 1 < tags.length ? sentence.get(i + 1).oneAfter() : nothing;
      double[] twoAfter = i + 2 < tags.length ? sentence.get(i + 2).twoAfter() : nothing;
      double[] afterTag = i > 0 ? parameters.afterTag(tags[i - 1]) : nothing;
      double[] afterTags = i > 1 ? parameters.afterTags(tags[i - 2], tags[i - 1]) : nothing;
      addWords(word.sums(), oneBefore, twoBefore, oneAfter, twoAfter, sums);
      addRest(parameters.atBegin(i), word.shape(), word.shaped(), afterTag, afterTags, sums);
      tags[i] = highest(sums);
    }
    return tags;
  }

  // The order of the additions is the library's: floating point sums depend on it. All rows are
  // added in one go, several outcomes at once, which is faster than picking what is not zero.
  private static void addWords(
      double[] own, double[] a, double[] b, double[] c, double[] d, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = own[i] + a[i] + b[i] + c[i] + d[i];
    }
  }

  private static void addRest(
      double[] a, double[] b, double[] c, double[] d, double[] e, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sums[i] + a[i] + b[i] + c[i] + d[i] + e[i];
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
