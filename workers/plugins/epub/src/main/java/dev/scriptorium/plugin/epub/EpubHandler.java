package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobInput.BookFile;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.util.Set;

/** Inspects and parses EPUB 2 and 3. */
public final class EpubHandler implements JobHandler {
  private static final String MEDIA_TYPE = "application/epub+zip";

  private final EpubTools tools = EpubTools.with(Limits.defaults());
  private final Warming warming = new Warming(tools.content());

  @Override
  public Set<Capability> capabilities() {
    return Set.of(
        new Capability(JobKinds.INSPECT, MEDIA_TYPE), new Capability(JobKinds.PARSE, MEDIA_TYPE));
  }

  @Override
  public void warm() throws IOException {
    warming.load();
  }

  @Override
  public boolean practise() throws IOException {
    return warming.practise();
  }

  @Override
  public void handle(JobContext job, BookSink sink) throws JobFailure, IOException {
    if (!(job.input() instanceof BookFile file)) {
      throw new IllegalArgumentException("a job of kind " + job.kind() + " must name a file");
    }
    job.progress(0.01, "open");
    try (EpubFile book = EpubFile.open(file.path(), tools)) {
      switch (job.kind()) {
        case JobKinds.INSPECT -> new Inspection(book, tools).run(job, sink);
        case JobKinds.PARSE -> new BookParser(book, tools, job, sink).run();
        default -> throw new IllegalArgumentException("no job of kind " + job.kind());
      }
    } catch (LimitReached e) {
      throw e.toFailure();
    }
  }
}
