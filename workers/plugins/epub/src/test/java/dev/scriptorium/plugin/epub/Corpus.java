package dev.scriptorium.plugin.epub;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of test books beside the project, when there is one. */
final class Corpus {
  private Corpus() {}

  /** The folder; it does not exist when the corpus is not present. */
  static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path corpus = at.resolve("shared").resolve("corpus");
      if (Files.isDirectory(corpus)) {
        return corpus;
      }
    }
    return Path.of("corpus-not-present");
  }
}
