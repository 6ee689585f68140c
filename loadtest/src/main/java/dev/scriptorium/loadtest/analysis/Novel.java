package dev.scriptorium.loadtest.analysis;

import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.plugin.analysis.text.LineBreaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Text of a novel's length: the openings of annotated novels laid end to end where they are at
 * hand, which have more different words than any one novel.
 *
 * @param chapters canonical texts
 * @param words in all of them, by spaces
 */
record Novel(List<String> chapters, int words) {
  private static final int WORDS = 100_000;

  /** A novel of 100,000 words. */
  static Novel load() throws IOException {
    List<String> texts = texts();
    List<String> chapters = new ArrayList<>();
    int words = 0;
    for (int i = 0; words < WORDS; i++) {
      String chapter = texts.get(i % texts.size());
      chapters.add(chapter);
      words += chapter.split("\\s+", -1).length;
    }
    return new Novel(List.copyOf(chapters), words);
  }

  private static List<String> texts() throws IOException {
    Optional<Path> corpus = Installation.find().corpus();
    if (corpus.isEmpty()) {
      throw new IOException("There is no corpus beside the source tree to read");
    }
    List<String> texts = new ArrayList<>();
    for (Path file : files(corpus.get().resolve("litbank/docs"))) {
      texts.add(LineBreaks.joined(Files.readString(file)));
    }
    return texts;
  }

  /** The files of a folder, in order. */
  static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
