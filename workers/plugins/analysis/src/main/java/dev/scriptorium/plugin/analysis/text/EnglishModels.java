package dev.scriptorium.plugin.analysis.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * The three models of English, about 11 MB of heap. Immutable and shared by all threads; the
 * annotators made from them are not.
 */
public final class EnglishModels {
  private static final String SENTENCES = "/opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin";
  private static final String TOKENS = "/opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin";
  private static final String TAGS = "/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin";

  private static final String TRIAL = "She opened the old door and looked at the sea.";
  private static final List<String> TRIAL_TAGS =
      List.of("PRON", "VERB", "DET", "ADJ", "NOUN", "CCONJ", "VERB", "ADP", "DET", "NOUN", "PUNCT");

  private final SentenceModel sentences;
  private final TokenizerModel tokens;
  private final POSModel tags;

  private EnglishModels(SentenceModel sentences, TokenizerModel tokens, POSModel tags) {
    this.sentences = sentences;
    this.tokens = tokens;
    this.tags = tags;
  }

  /**
   * Loads the models from the class path and tries them on one sentence.
   *
   * @throws IOException when a model is missing, damaged or does not do its work
   */
  public static EnglishModels load() throws IOException {
    try (InputStream sentences = open(SENTENCES);
        InputStream tokens = open(TOKENS);
        InputStream tags = open(TAGS)) {
      EnglishModels models =
          new EnglishModels(
              new SentenceModel(sentences), new TokenizerModel(tokens), greedy(new POSModel(tags)));
      models.selfTest();
      return models;
    }
  }

  /**
   * The same tagger with a beam of one. The shipped beam of three gives the same tags at twice the
   * cost: the model's features are cached by position, so its other hypotheses never differ.
   */
  private static POSModel greedy(POSModel shipped) throws IOException {
    MaxentModel parameters = shipped.getArtifact("pos.model");
    if (parameters == null) {
      throw new IOException("The model of tags has no parameters");
    }
    return new POSModel("en", parameters, 1, Map.of(), shipped.getFactory());
  }

  /** A new annotator, for one thread. */
  EnglishAnnotator annotator() {
    return new EnglishAnnotator(sentences, tokens, tags);
  }

  private void selfTest() throws IOException {
    String text = TRIAL;
    List<Sentence> read =
        annotator().annotate(text, 0, text.length(), Quotations.of(text, 0, text.length()));
    List<String> found =
        read.stream().flatMap(sentence -> sentence.tokens().stream()).map(Token::tag).toList();
    if (!found.equals(TRIAL_TAGS)) {
      throw new IOException("The English models give wrong tags: " + found);
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = EnglishModels.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("The model " + name + " is not on the class path");
    }
    return in;
  }
}
