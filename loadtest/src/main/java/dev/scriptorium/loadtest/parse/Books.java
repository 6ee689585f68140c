package dev.scriptorium.loadtest.parse;

import dev.scriptorium.loadtest.system.GeneratedBook;
import dev.scriptorium.loadtest.system.GeneratedPdf;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files to measure with: those of the corpus where there is one, else generated ones.
 *
 * @param epubs novels
 * @param pdfs typeset books without the big one
 * @param bigPdf one of hundreds of pages
 * @param all every EPUB and PDF there is
 */
record Books(List<Path> epubs, List<Path> pdfs, Path bigPdf, List<Path> all, String origin) {

  /**
   * @param folder an empty one, for books that have to be generated
   */
  static Books find(Installation installation, Path folder) throws IOException {
    Optional<Path> corpus = installation.corpus();
    return corpus.isPresent() ? ofCorpus(corpus.get()) : generated(folder);
  }

  private static Books ofCorpus(Path corpus) throws IOException {
    List<Path> epubs = list(corpus.resolve("epub"), ".*\\.epub");
    List<Path> pdfs = list(corpus.resolve("pdf"), ".*\\.pdf");
    // What is typeset with its text known: neither scans nor cases of a page or two.
    List<Path> typeset = list(corpus.resolve("pdf"), "(?:latex|weasy|pypdf_GeoTopo).*\\.pdf");
    Path big = typeset.stream().max(Comparator.comparingLong(Books::size)).orElseThrow();
    return new Books(
        list(corpus.resolve("epub"), "se_.*\\.epub"),
        typeset.stream().filter(file -> !file.equals(big)).toList(),
        big,
        Stream.concat(epubs.stream(), pdfs.stream()).toList(),
        "corpus");
  }

  private static Books generated(Path folder) throws IOException {
    List<Path> epubs =
        List.of(
            GeneratedBook.write(folder.resolve("one.epub"), "One", 40, 3000, 1),
            GeneratedBook.write(folder.resolve("two.epub"), "Two", 20, 6000, 2),
            GeneratedBook.write(folder.resolve("three.epub"), "Three", 60, 2000, 3));
    List<Path> pdfs =
        List.of(
            GeneratedPdf.write(folder.resolve("four.pdf"), "Four", 100, 4),
            GeneratedPdf.write(folder.resolve("five.pdf"), "Five", 200, 5));
    Path big = GeneratedPdf.write(folder.resolve("six.pdf"), "Six", 700, 6);
    return new Books(
        epubs,
        pdfs,
        big,
        Stream.of(epubs, pdfs, List.of(big)).flatMap(List::stream).toList(),
        "generated");
  }

  private static List<Path> list(Path folder, String name) throws IOException {
    Pattern pattern = Pattern.compile(name, Pattern.CASE_INSENSITIVE);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> pattern.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
