package dev.scriptorium.samples.epub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Builds every EPUB sample: arguments are the folder of the sources and that of the books. */
public final class EpubMain {
  private EpubMain() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Expected two folders: sources, books");
    }
    build(Path.of(args[0]), Path.of(args[1]));
  }

  /** Builds the books whose sources say that they are EPUBs; returns the files. */
  static List<Path> build(Path sources, Path books) throws IOException {
    Files.createDirectories(books);
    try (Stream<Path> folders = Files.list(sources)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("book.properties")))
          .sorted()
          .map(BookSource::read)
          .filter(source -> source.get("format").equals("epub"))
          .map(source -> write(source, books))
          .toList();
    }
  }

  private static Path write(BookSource source, Path books) {
    Path file = books.resolve(source.slug() + ".epub");
    EpubArchive.write(file, new EpubBook(source).resources());
    return file;
  }
}
