package dev.scriptorium.plugin.analysis.text;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.postag.POSModel;
import opennlp.tools.util.StringUtil;
import opennlp.tools.util.featuregen.FeatureGeneratorUtil;

/**
 * The parameters of a tagging model. The observations are those of the library's default generators
 * (word, four endings and four beginnings, two words on either side, begin of sentence, shape, two
 * tags before), added in the same order, so that every sum has the same bits. Immutable and shared
 * by all threads.
 */
final class TagParameters {
  private static final int LONGEST_AFFIX = 4;

  private final String[] tags;
  private final double[] first;
  private final Weights[] atBegin;
  private final Weights[] afterTag;
  private final Weights[] afterTags;
  private final Map<String, Weights> endings = new HashMap<>();
  private final Map<String, Weights> beginnings = new HashMap<>();
  private final Map<String, Weights> shapes = new HashMap<>();
  private final Map<String, Weights> shapedForms = new HashMap<>();
  private final Map<String, WordForm> forms = new HashMap<>();
  private final WordForm unknown;
  private final NearSums near;

  private TagParameters(Map<String, Context> parameters, String[] tags) {
    this.tags = tags;
    this.near = new NearSums(tags.length);
    this.unknown = new WordForm(near.nothing());
    Map<String, Weights> others = new HashMap<>();
    parameters.forEach((name, context) -> layOut(name, Weights.of(context), others));
    this.first = new double[tags.length];
    Arrays.fill(first, Math.log(1.0 / tags.length));
    other(others, "def").addTo(first);
    this.atBegin =
        new Weights[] {
          other(others, "S=begin"), other(others, "p1S=begin"), other(others, "p2S=begin")
        };
    this.afterTag = new Weights[tags.length];
    this.afterTags = new Weights[tags.length * tags.length];
    readTags(others);
    near.read(atBegin, afterTag, afterTags);
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
    near.mind(weights);
    int end = name.indexOf('=') + 1;
    String seen = name.substring(end);
    switch (name.substring(0, end)) {
      case "suf=" -> endings.put(seen, weights);
      case "pre=" -> beginnings.put(seen, weights);
      case "wc=" -> shapes.put(seen, weights);
      case "w&c=" -> shapedForms.put(seen, weights);
      case "w=" -> form(seen).own = weights;
      case "p1w=" -> {
        form(seen).oneBefore = weights;
        form(seen).nearlyOneBefore = near.row(weights);
      }
      case "p2w=" -> {
        form(seen).twoBefore = weights;
        form(seen).nearlyTwoBefore = near.row(weights);
      }
      case "n1w=" -> {
        form(seen).oneAfter = weights;
        form(seen).nearlyOneAfter = near.row(weights);
      }
      case "n2w=" -> {
        form(seen).twoAfter = weights;
        form(seen).nearlyTwoAfter = near.row(weights);
      }
      default -> others.put(name, weights);
    }
  }

  private WordForm form(String text) {
    return forms.computeIfAbsent(text, _ -> new WordForm(near.nothing()));
  }

  private void readTags(Map<String, Weights> others) {
    for (int last = 0; last < tags.length; last++) {
      afterTag[last] = other(others, "t=" + tags[last]);
      for (int before = 0; before < tags.length; before++) {
        afterTags[before * tags.length + last] =
            other(others, "t2=" + tags[before] + "," + tags[last]);
      }
    }
  }

  private static Weights other(Map<String, Weights> others, String seen) {
    return others.getOrDefault(seen, Weights.NONE);
  }

  int count() {
    return tags.length;
  }

  String tag(int index) {
    return tags[index];
  }

  /** The same sums, nearly and faster. */
  NearSums near() {
    return near;
  }

  /** Looks a word up: some eleven look-ups, against none for a word that is remembered. */
  Word word(String text) {
    String folded = StringUtil.toLowerCase(text);
    String shape = FeatureGeneratorUtil.tokenFeature(text);
    WordForm form = forms.getOrDefault(folded, unknown);
    double[] own = own(text, form);
    shapes.getOrDefault(shape, Weights.NONE).addTo(own);
    shaped(folded, shape).addTo(own);
    return new Word(text, text.toLowerCase(Locale.ROOT), near.row(own), form, shape);
  }

  private double[] own(String text, WordForm form) {
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

  private Weights shaped(String folded, String shape) {
    return shapedForms.getOrDefault(folded + "," + shape, Weights.NONE);
  }

  /**
   * The sums of a place, bit for bit those of the library.
   *
   * @param place of the word in its sentence
   * @param tagged tags of the words before it
   * @return for each tag
   */
  double[] sums(List<Word> sentence, int place, int[] tagged) {
    Word word = sentence.get(place);
    double[] sums = own(word.text(), word.form());
    // The order of the additions is the library's: floating point sums depend on it.
    if (place > 0) {
      sentence.get(place - 1).form().oneBefore.addTo(sums);
    }
    if (place > 1) {
      sentence.get(place - 2).form().twoBefore.addTo(sums);
    }
    if (place + 1 < sentence.size()) {
      sentence.get(place + 1).form().oneAfter.addTo(sums);
    }
    if (place + 2 < sentence.size()) {
      sentence.get(place + 2).form().twoAfter.addTo(sums);
    }
    if (place < atBegin.length) {
      atBegin[place].addTo(sums);
    }
    shapes.getOrDefault(word.shape(), Weights.NONE).addTo(sums);
    shaped(StringUtil.toLowerCase(word.text()), word.shape()).addTo(sums);
    if (place > 0) {
      afterTag[tagged[place - 1]].addTo(sums);
    }
    if (place > 1) {
      afterTags[tagged[place - 2] * tags.length + tagged[place - 1]].addTo(sums);
    }
    return sums;
  }
}
