package dev.scriptorium.samples.epub;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A book as it was written.
 *
 * @param slug name of its folder
 * @param properties of {@code book.properties}
 * @param chapters mark-up of each chapter, in reading order
 */
record BookSource(String slug, Properties properties, List<String> chapters) {
  BookSource {
    chapters = List.copyOf(chapters);
  }

  /** Reads a folder. */
  static BookSource read(Path folder) {
    Properties properties = new Properties();
    try (Reader in =
            Files.newBufferedReader(folder.resolve("book.properties"), StandardCharsets.UTF_8);
        Stream<Path> files = Files.list(folder)) {
      properties.load(in);
      List<String> chapters =
          files
              .filter(file -> file.getFileName().toString().matches("chapter-\\d+\\.md"))
              .sorted()
              .map(BookSource::text)
              .toList();
      return new BookSource(folder.getFileName().toString(), properties, chapters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A property that must be there. */
  String get(String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(slug + "/book.properties has no " + key);
    }
    return value.strip();
  }

  /** The parts of a property that are separated by semicolons. */
  List<String> list(String key) {
    return Stream.of(get(key).split(";", -1)).map(String::strip).toList();
  }
}
