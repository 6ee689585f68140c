package dev.scriptorium.hostile;

import dev.scriptorium.booktext.ParseJob;
import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.epub.EpubHandler;
import dev.scriptorium.plugin.fictionbook.FictionBookHandler;
import dev.scriptorium.plugin.pdf.PdfHandler;
import dev.scriptorium.plugin.plaintext.PlainTextHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The built-in parsers, as a runner holds them. */
final class Parsers {
  static final String EPUB = "application/epub+zip";
  static final String PDF = "application/pdf";
  static final String FICTION_BOOK = "application/x-fictionbook+xml";
  static final String ZIPPED_FICTION_BOOK = "application/x-zip-compressed-fb2";
  static final String TEXT = "text/plain";
  static final String MARKDOWN = "text/markdown";
  static final String HTML = "text/html";

  /** A runner's sink keeps nothing: the test's must not be what fills the heap. */
  private static final long KEPT = 32L << 20;

  private static final JobHandler EPUB_HANDLER = new EpubHandler();
  private static final JobHandler PDF_HANDLER = new PdfHandler();
  private static final JobHandler FICTION_BOOK_HANDLER = new FictionBookHandler();
  private static final JobHandler TEXT_HANDLER = new PlainTextHandler();

  private Parsers() {}

  /** Inspects and parses a file; gives what was parsed. */
  static RecordedBook read(String mediaType, Path file, Path scratch)
      throws JobFailure, IOException, InterruptedException {
    RecordedBook book = boundedBook();
    read(mediaType, file, scratch, book);
    return book;
  }

  /** A book that does not fill the heap. */
  static RecordedBook boundedBook() {
    return new RecordedBook(KEPT);
  }

  /** The same into a book that is there also when the parser fails. */
  static void read(String mediaType, Path file, Path scratch, RecordedBook book)
      throws JobFailure, IOException, InterruptedException {
    run(JobKinds.INSPECT, mediaType, file, scratch, boundedBook());
    run(JobKinds.PARSE, mediaType, file, scratch, book);
  }

  private static void run(String kind, String mediaType, Path file, Path scratch, RecordedBook book)
      throws JobFailure, IOException, InterruptedException {
    Path own = Files.createTempDirectory(scratch, kind);
    handler(mediaType).handle(new ParseJob(kind, mediaType, file, own, () -> false), book);
  }

  private static JobHandler handler(String mediaType) {
    return switch (mediaType) {
      case EPUB -> EPUB_HANDLER;
      case PDF -> PDF_HANDLER;
      case FICTION_BOOK, ZIPPED_FICTION_BOOK -> FICTION_BOOK_HANDLER;
      default -> TEXT_HANDLER;
    };
  }

  /** Media type of a book by its first bytes. */
  static String mediaType(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(1024), StandardCharsets.ISO_8859_1);
      if (head.startsWith("PK") || head.isEmpty()) {
        return EPUB;
      }
      return head.contains("%PDF-") ? PDF : head.contains("<FictionBook") ? FICTION_BOOK : TEXT;
    }
  }
}
