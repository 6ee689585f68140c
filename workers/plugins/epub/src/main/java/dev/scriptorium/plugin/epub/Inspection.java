package dev.scriptorium.plugin.epub;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobContext;
import java.io.IOException;

/** What is known of a book without reading its text: metadata, cover, titles of the contents. */
final class Inspection {
  private final EpubFile book;
  private final EpubTools tools;

  Inspection(EpubFile book, EpubTools tools) {
    this.book = book;
    this.tools = tools;
  }

  void run(JobContext job, BookSink sink) throws IOException {
    sink.metadata(new MetadataReader(book.document(), tools.content(), tools.limits()).read());
    job.progress(0.3, "contents");
    for (ContentsReader.Line line : new ContentsReader(book, tools.limits()).read()) {
      sink.contents(new ContentsEntry(line.title(), line.depth(), 0, 0));
    }
    job.progress(0.5, "cover");
    new Cover(book, tools).deliver(sink);
    job.progress(1, "done");
  }
}
