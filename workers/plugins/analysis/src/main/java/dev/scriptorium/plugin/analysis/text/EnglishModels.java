package dev.scriptorium.plugin.analysis.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import opennlp.tools.postag.POSModel;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * The three models of English, about 11 MB of heap, and what they made of the words met last, at
 * most 30 MB. Shared by all threads; the annotators made from them are not.
 */
public final class EnglishModels {
  private static final String SENTENCES = "/opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin";
  private static final String TOKENS = "/opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin";
  private static final String TAGS = "/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin";

  private static final String TRIAL = "She opened the old door and looked at the sea.";
  private static final List<String> TRIAL_TAGS =
      List.of("PRON", "VERB", "DET", "ADJ", "NOUN", "CCONJ", "VERB", "ADP", "DET", "NOUN", "PUNCT");

  private final SentenceDetector detector;
  private final Tokenizer tokenizer;
  private final Tagger tagger;

  private EnglishModels(SentenceDetector detector, Tokenizer tokenizer, Tagger tagger) {
    this.detector = detector;
    this.tokenizer = tokenizer;
    this.tagger = tagger;
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
      Tagger tagger = new Tagger(TagParameters.of(new POSModel(tags)));
      Tokenizer tokenizer = new Tokenizer(CutParameters.of(new TokenizerModel(tokens)), tagger);
      SentenceDetector detector =
          new SentenceDetector(SentenceParameters.of(new SentenceModel(sentences)));
      EnglishModels models = new EnglishModels(detector, tokenizer, tagger);
      models.selfTest();
      return models;
    }
  }

  /** The same models, remembering no word yet. */
  public EnglishModels forgetful() {
    Tagger forgetful = tagger.forgetful();
    return new EnglishModels(detector, tokenizer.forgetful(forgetful), forgetful);
  }

  /** Finds sentences. */
  SentenceDetector detector() {
    return detector;
  }

  /** Cuts chunks of text into tokens. */
  Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Gives words their parts of speech. */
  public Tagger tagger() {
    return tagger;
  }

  /** A new annotator, for one thread. */
  EnglishAnnotator annotator() {
    return new EnglishAnnotator(detector, tokenizer, tagger);
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
