package dev.scriptorium.loadtest.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;

/** The library as it ships: sentences, tokens and tags with the official models. For one thread. */
final class LibraryPipeline {
  private final SentenceDetectorME detector;
  private final TokenizerME tokenizer;
  private final POSTaggerME tagger;

  private LibraryPipeline(SentenceModel sentences, TokenizerModel tokens, POSModel tags) {
    this.detector = new SentenceDetectorME(sentences);
    this.tokenizer = new TokenizerME(tokens);
    this.tagger = new POSTaggerME(tags);
  }

  static LibraryPipeline load() throws IOException {
    try (InputStream sentences = open("sentence");
        InputStream tokens = open("tokens");
        InputStream tags = open("pos")) {
      return new LibraryPipeline(
          new SentenceModel(sentences), new TokenizerModel(tokens), new POSModel(tags));
    }
  }

  /** Sentences of a chapter as words. */
  List<List<String>> sentences(String chapter) {
    List<List<String>> sentences = new ArrayList<>();
    for (String paragraph : chapter.split("\n\n", -1)) {
      for (String sentence : detector.sentDetect(paragraph)) {
        sentences.add(List.of(tokenizer.tokenize(sentence)));
      }
    }
    return sentences;
  }

  /** Number of tokens of a chapter, each of them tagged. */
  int read(String chapter) {
    int tokens = 0;
    for (List<String> sentence : sentences(chapter)) {
      tokens += tags(sentence).length;
    }
    return tokens;
  }

  String[] tags(List<String> sentence) {
    return tagger.tag(sentence.toArray(String[]::new));
  }

  private static InputStream open(String model) throws IOException {
    String name = "/opennlp-en-ud-ewt-" + model + "-1.3-2.5.4.bin";
    InputStream in = LibraryPipeline.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("The model " + name + " is not on the class path");
    }
    return in;
  }
}
