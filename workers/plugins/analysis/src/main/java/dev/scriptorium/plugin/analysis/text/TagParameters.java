package dev.scriptorium.plugin.analysis.text;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.postag.POSModel;
import opennlp.tools.util.StringUtil;
import opennlp.tools.util.featuregen.FeatureGeneratorUtil;

/**
 * The parameters of a tagging model, laid out for {@link Tagger}. The observations are those of the
 * library's default generators (word, four endings and four beginnings, two words on either side,
 * begin of sentence, shape, two tags before), added in the same order, so that every sum has the
 * same bits. Immutable and shared by all threads.
 */
final class TagParameters {
  private static final int LONGEST_AFFIX = 4;

  private final Map<String, Context> parameters;
  private final String[] tags;
  private final double[] first;
  private final Weights[] atBegin;
  private final Weights[] afterTag;
  private final Weights[] afterTags;

  private TagParameters(Map<String, Context> parameters, String[] tags) {
    this.parameters = parameters;
    this.tags = tags;
    this.first = new double[tags.length];
    Arrays.fill(first, Math.log(1.0 / tags.length));
    weights("def").addTo(first);
    this.atBegin = new Weights[] {weights("S=begin"), weights("p1S=begin"), weights("p2S=begin")};
    this.afterTag = new Weights[tags.length];
    this.afterTags = new Weights[tags.length * tags.length];
    readTags();
  }

  /**
   * Takes the parameters out of a model.
   *
   * @throws IOException when it is not a maximum entropy model
   */
  @SuppressWarnings("unchecked") // The library gives its map as an object.
  static TagParameters of(POSModel model) throws IOException {
    if (!(model.getArtifact("pos.model") instanceof GISModel maxent)) {
      throw new IOException("The model of tags is not a maximum entropy model");
    }
    Object[] structures = maxent.getDataStructures();
    return new TagParameters((Map<String, Context>) structures[1], (String[]) structures[2]);
  }

  private void readTags() {
    for (int last = 0; last < tags.length; last++) {
      afterTag[last] = weights("t=" + tags[last]);
      for (int before = 0; before < tags.length; before++) {
        afterTags[before * tags.length + last] = weights("t2=" + tags[before] + "," + tags[last]);
      }
    }
  }

  int count() {
    return tags.length;
  }

  String tag(int index) {
    return tags[index];
  }

  /** What the first three places of a sentence add; {@code place} is 0 to 2. */
  Weights atBegin(int place) {
    return atBegin[place];
  }

  Weights afterTag(int last) {
    return afterTag[last];
  }

  Weights afterTags(int beforeLast, int last) {
    return afterTags[beforeLast * tags.length + last];
  }

  /** Looks a word up: some twenty look-ups, against none for a word that is remembered. */
  Word word(String text) {
    String folded = StringUtil.toLowerCase(text);
    String shape = FeatureGeneratorUtil.tokenFeature(text);
    return new Word(
        text,
        text.toLowerCase(Locale.ROOT),
        sums(text, folded),
        weights("p1w=" + folded),
        weights("p2w=" + folded),
        weights("n1w=" + folded),
        weights("n2w=" + folded),
        weights("wc=" + shape),
        weights("w&c=" + folded + "," + shape));
  }

  private double[] sums(String text, String folded) {
    double[] sums = first.clone();
    int affixes = Math.min(LONGEST_AFFIX, text.length());
    for (int length = 1; length <= affixes; length++) {
      weights("suf=" + text.substring(text.length() - length)).addTo(sums);
    }
    for (int length = 1; length <= affixes; length++) {
      weights("pre=" + text.substring(0, length)).addTo(sums);
    }
    weights("w=" + folded).addTo(sums);
    return sums;
  }

  private Weights weights(String observation) {
    return Weights.of(parameters, observation);
  }
}
