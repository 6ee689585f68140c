package dev.scriptorium.plugin.analysis.text;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
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

  private final String[] tags;
  private final double[] first;
  private final double[] nothing;
  private final double[][] atBegin;
  private final double[][] afterTag;
  private final double[][] afterTags;
  private final Map<String, Weights> endings = new HashMap<>();
  private final Map<String, Weights> beginnings = new HashMap<>();
  private final Map<String, double[]> shapes = new HashMap<>();
  private final Map<String, double[]> shapedForms = new HashMap<>();
  private final Map<String, Form> forms = new HashMap<>();
  private final Form unknown;

  private TagParameters(Map<String, Context> parameters, String[] tags) {
    this.tags = tags;
    this.nothing = new double[tags.length];
    this.unknown = new Form(nothing);
    Map<String, Weights> others = new HashMap<>();
    parameters.forEach((name, context) -> layOut(name, Weights.of(context), others));
    this.first = new double[tags.length];
    Arrays.fill(first, Math.log(1.0 / tags.length));
    others.getOrDefault("def", Weights.NONE).addTo(first);
    this.atBegin =
        new double[][] {row(others, "S=begin"), row(others, "p1S=begin"), row(others, "p2S=begin")};
    this.afterTag = new double[tags.length][];
    this.afterTags = new double[tags.length * tags.length][];
    readTags(others);
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

  private void layOut(String name, Weights weights, Map<String, Weights> others) {
    int end = name.indexOf('=') + 1;
    String seen = name.substring(end);
    switch (name.substring(0, end)) {
      case "suf=" -> endings.put(seen, weights);
      case "pre=" -> beginnings.put(seen, weights);
      case "wc=" -> shapes.put(seen, weights.row(tags.length));
      case "w&c=" -> shapedForms.put(seen, weights.row(tags.length));
      case "w=" -> form(seen).own = weights;
      case "p1w=" -> form(seen).oneBefore = weights.row(tags.length);
      case "p2w=" -> form(seen).twoBefore = weights.row(tags.length);
      case "n1w=" -> form(seen).oneAfter = weights.row(tags.length);
      case "n2w=" -> form(seen).twoAfter = weights.row(tags.length);
      default -> others.put(name, weights);
    }
  }

  private Form form(String text) {
    return forms.computeIfAbsent(text, _ -> new Form(nothing));
  }

  private void readTags(Map<String, Weights> others) {
    for (int last = 0; last < tags.length; last++) {
      afterTag[last] = row(others, "t=" + tags[last]);
      for (int before = 0; before < tags.length; before++) {
        afterTags[before * tags.length + last] =
            row(others, "t2=" + tags[before] + "," + tags[last]);
      }
    }
  }

  int count() {
    return tags.length;
  }

  String tag(int index) {
    return tags[index];
  }

  /** A row that adds nothing. */
  double[] nothing() {
    return nothing;
  }

  /** What the place in the sentence adds, for the first three. */
  double[] atBegin(int place) {
    return place < atBegin.length ? atBegin[place] : nothing;
  }

  double[] afterTag(int last) {
    return afterTag[last];
  }

  double[] afterTags(int beforeLast, int last) {
    return afterTags[beforeLast * tags.length + last];
  }

  /** Looks a word up: some eleven look-ups, against none for a word that is remembered. */
  Word word(String text) {
    String folded = StringUtil.toLowerCase(text);
    String shape = FeatureGeneratorUtil.tokenFeature(text);
    Form form = forms.getOrDefault(folded, unknown);
    return new Word(
        text,
        text.toLowerCase(Locale.ROOT),
        sums(text, form),
        form.oneBefore,
        form.twoBefore,
        form.oneAfter,
        form.twoAfter,
        shapes.getOrDefault(shape, nothing),
        shapedForms.getOrDefault(folded + "," + shape, nothing));
  }

  private double[] sums(String text, Form form) {
    double[] sums = first.clone();
    int affixes = Math.min(LONGEST_AFFIX, text.length());
    for (int length = 1; length <= affixes; length++) {
      endings.getOrDefault(text.substring(text.length() - length), Weights.NONE).addTo(sums);
    }
    for (int length = 1; length <= affixes; length++) {
      beginnings.getOrDefault(text.substring(0, length), Weights.NONE).addTo(sums);
    }
    form.own.addTo(sums);
    return sums;
  }

  private double[] row(Map<String, Weights> observations, String seen) {
    Weights weights = observations.get(seen);
    return weights == null ? nothing : weights.row(tags.length);
  }

  /** What a form adds at its own place and at those around it. Filled while a model is read. */
  private static final class Form {
    private Weights own = Weights.NONE;
    private double[] oneBefore;
    private double[] twoBefore;
    private double[] oneAfter;
    private double[] twoAfter;

    Form(double[] nothing) {
      oneBefore = nothing;
      twoBefore = nothing;
      oneAfter = nothing;
      twoAfter = nothing;
    }
  }
}
