package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.ParseJob;
import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.JobFailure;
import java.io.IOException;
import java.nio.file.Path;

/** Runs the handler on a file. */
final class EpubRun {
  private static final EpubHandler HANDLER = new EpubHandler();

  private EpubRun() {}

  static RecordedBook of(String kind, Path file) throws JobFailure, IOException {
    RecordedBook book = new RecordedBook();
    run(kind, file, book);
    return book;
  }

  static void run(String kind, Path file, BookSink sink) throws JobFailure, IOException {
    HANDLER.handle(new ParseJob(kind, "application/epub+zip", file), sink);
  }
}
