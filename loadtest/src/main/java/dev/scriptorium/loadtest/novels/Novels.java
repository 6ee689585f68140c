package dev.scriptorium.loadtest.novels;

import dev.scriptorium.loadtest.system.GeneratedBook;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes novels of any length: of the openings of annotated novels where these are at hand, in
 * another order for each number, else of generated sentences.
 *
 * @param openings texts with blank lines between paragraphs; none: sentences are generated
 */
record Novels(List<String> openings) {
  private static final int CHAPTER_WORDS = 3000;

  static Novels find(Installation installation) throws IOException {
    Optional<Path> folder =
        installation
            .corpus()
            .map(corpus -> corpus.resolve("litbank/docs"))
            .filter(Files::isDirectory);
    if (folder.isEmpty()) {
      return new Novels(List.of());
    }
    List<String> openings = new ArrayList<>();
    try (var files = Files.list(folder.get())) {
      for (Path file : files.sorted().toList()) {
        openings.add(Files.readString(file));
      }
    }
    return new Novels(List.copyOf(openings));
  }

  /** Where the text comes from, for a report. */
  String origin() {
    return openings.isEmpty() ? "generated" : openings.size() + " openings of novels";
  }

  /**
   * Writes a novel.
   *
   * @param words about how many it has
   * @param number tells novels apart
   */
  Path write(Path folder, int words, int number) throws IOException {
    String title = "Novel " + number;
    Path file = folder.resolve("novel-" + number + ".epub");
    if (openings.isEmpty()) {
      return GeneratedBook.write(
          file, title, Math.max(1, words / CHAPTER_WORDS), CHAPTER_WORDS, number);
    }
    List<String> chapters = new ArrayList<>();
    int written = 0;
    // A step that has no divisor in common with most numbers of openings.
    for (int i = 0; written < words; i++) {
      String chapter = openings.get((i * 7 + number) % openings.size());
      chapters.add("Novel " + number + ", part " + i + ".\n\n" + chapter);
      written += chapter.split("\\s+", -1).length;
    }
    return GeneratedBook.of(file, title, chapters);
  }
}
