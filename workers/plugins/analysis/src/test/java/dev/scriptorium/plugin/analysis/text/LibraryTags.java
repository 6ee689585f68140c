package dev.scriptorium.plugin.analysis.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;

/** The library's own tagger with the model as it ships: what {@link Tagger} is held against. */
final class LibraryTags {
  private final POSTaggerME tagger;

  private LibraryTags(POSModel model) {
    this.tagger = new POSTaggerME(model);
  }

  static LibraryTags load() throws IOException {
    String model = "/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin";
    try (InputStream in =
        Objects.requireNonNull(LibraryTags.class.getResourceAsStream(model), model)) {
      return new LibraryTags(new POSModel(in));
    }
  }

  List<String> tag(List<String> sentence) {
    return List.of(tagger.tag(sentence.toArray(String[]::new)));
  }
}
