package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.system.GeneratedBook;
import dev.scriptorium.loadtest.system.GeneratedPdf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Books that need memory: PDFs of 520 pages and EPUBs above 20 MB, one after the other. */
final class BigBooks {
  private static final int PAGES = 520;
  private static final int PADDING = 20_000_000;
  private static final int CHAPTERS = 60;
  private static final int WORDS = 3000;

  private BigBooks() {}

  static List<Path> write(Path folder, int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String title = "Big book " + i;
      files.add(
          i % 2 == 0
              ? GeneratedPdf.write(folder.resolve("big-" + i + ".pdf"), title, PAGES, i)
              : GeneratedBook.write(
                  folder.resolve("big-" + i + ".epub"), title, CHAPTERS, WORDS, i, PADDING));
    }
    return files;
  }
}
