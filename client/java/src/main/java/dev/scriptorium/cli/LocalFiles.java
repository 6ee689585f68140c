package dev.scriptorium.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the files that an import means, and what can be seen to be wrong with them from here. */
final class LocalFiles {
  private static final Set<String> EXTENSIONS =
      Set.of("epub", "pdf", "fb2", "txt", "text", "md", "markdown", "html", "htm", "xhtml");
  private static final String ZIPPED_FICTION_BOOK = ".fb2.zip";

  private LocalFiles() {}

  /**
   * The files in the order given, each once; a folder stands for the books below it, sorted.
   *
   * @throws CliException when a folder cannot be read or holds no book
   */
  static List<Path> expand(List<Path> given) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : given) {
      if (Files.isDirectory(path)) {
        files.addAll(booksBelow(path));
      } else {
        files.add(path);
      }
    }
    return List.copyOf(files);
  }

  /** Why a file cannot be imported; the empty string when nothing speaks against it. */
  static String problem(Path file) {
    try {
      if (!Files.exists(file)) {
        return "the file does not exist";
      }
      if (!Files.isRegularFile(file)) {
        return "not a file";
      }
      if (!Files.isReadable(file)) {
        return "this user may not read the file";
      }
      return Files.size(file) == 0 ? "the file is empty" : "";
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }

  private static List<Path> booksBelow(Path folder) {
    List<Path> books = new ArrayList<>();
    try {
      Files.walkFileTree(folder, new BookCollector(books));
    } catch (IOException e) {
      throw new CliException(2, folder + " cannot be searched: " + e.getMessage());
    }
    if (books.isEmpty()) {
      throw new CliException(
          2, "no book below " + folder + "; name files to import them whatever they are called");
    }
    Collections.sort(books);
    return books;
  }

  private static boolean isBook(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return !name.startsWith(".")
        && (EXTENSIONS.contains(extension) || name.endsWith(ZIPPED_FICTION_BOOK));
  }

  /** Skips what is hidden and what may not be entered; follows no links, so that it ends. */
  private static final class BookCollector extends SimpleFileVisitor<Path> {
    private final List<Path> books;

    BookCollector(List<Path> books) {
      this.books = books;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      Path name = folder.getFileName();
      boolean hidden = name != null && name.toString().matches("\\.[^.].*");
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isBook(file) && Files.isRegularFile(file)) {
        books.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException error) {
      return FileVisitResult.CONTINUE;
    }
  }
}
