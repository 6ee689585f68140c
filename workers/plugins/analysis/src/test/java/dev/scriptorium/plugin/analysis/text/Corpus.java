package dev.scriptorium.plugin.analysis.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The novels with labels, where these are at hand. */
final class Corpus {
  private Corpus() {}

  /** Texts of the named parts, in order; the test is skipped when there are none. */
  static List<Path> texts(String... parts) throws IOException {
    List<Path> texts = new ArrayList<>();
    for (String part : parts) {
      Path docs = Path.of("shared", "corpus", part, "docs");
      for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
        if (Files.isDirectory(at.resolve(docs))) {
          try (var files = Files.list(at.resolve(docs))) {
            texts.addAll(files.sorted().toList());
          }
          break;
        }
      }
    }
    assumeTrue(!texts.isEmpty(), "corpus not present");
    return texts;
  }
}
