package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.HardenedXml;
import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.Thumbnails;
import dev.scriptorium.booktext.TolerantMarkup;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobInput.BookFile;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipException;

/** Inspects and parses FictionBook 2. */
public final class FictionBookHandler implements JobHandler {
  private static final String PLAIN = "application/x-fictionbook+xml";
  private static final String ZIPPED = "application/x-zip-compressed-fb2";

  private final Limits limits = Limits.defaults();
  private final HardenedXml xml = new HardenedXml(limits);
  private final TolerantMarkup tolerant = new TolerantMarkup(limits);
  private final Thumbnails thumbnails = new Thumbnails(limits);

  @Override
  public Set<Capability> capabilities() {
    return Set.of(
        new Capability(JobKinds.INSPECT, PLAIN),
        new Capability(JobKinds.PARSE, PLAIN),
        new Capability(JobKinds.INSPECT, ZIPPED),
        new Capability(JobKinds.PARSE, ZIPPED));
  }

  @Override
  public void handle(JobContext job, BookSink sink) throws JobFailure, IOException {
    if (!(job.input() instanceof BookFile file)) {
      throw new IllegalArgumentException("a job of kind " + job.kind() + " must name a file");
    }
    try (FictionBookFile book = FictionBookFile.open(file.path(), limits, xml, tolerant)) {
      switch (job.kind()) {
        case JobKinds.INSPECT -> inspect(book, job, sink);
        case JobKinds.PARSE -> parse(book, job, sink);
        default -> throw new IllegalArgumentException("no job of kind " + job.kind());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (LimitReached e) {
      throw e.toFailure();
    } catch (ZipException e) {
      throw new JobFailure(
          JobFailure.Reason.FILE_CORRUPT, "The archive is damaged: " + e.getMessage());
    }
  }

  private void inspect(FictionBookFile book, JobContext job, BookSink sink)
      throws JobFailure, IOException {
    Survey survey = survey(book);
    Description description = new Description(survey.description(), limits);
    sink.metadata(description.metadata());
    job.progress(0.5, "cover");
    new BinaryReader(limits, thumbnails, sink).deliverCover(book, description.coverId());
    job.progress(1, "done");
  }

  private void parse(FictionBookFile book, JobContext job, BookSink sink)
      throws JobFailure, IOException {
    Survey survey = survey(book);
    sink.metadata(new Description(survey.description(), limits).metadata());
    if (!book.wellFormed()) {
      sink.warning(
          new Warning("DOCUMENT_MALFORMED", "", "Not well-formed; read as well as it can be"));
    }
    List<String> unknown = survey.description().unknownEntities().distinct().limit(5).toList();
    if (!unknown.isEmpty()) {
      String names = String.join(", ", unknown);
      sink.warning(new Warning("ENTITY_UNKNOWN", "description", "Entities are left out: " + names));
    }
    job.progress(0.2, "chapters");
    BodyReader body = new BodyReader(limits, survey, job, sink);
    book.read(body);
    body.deliverNotesAndContents();
    job.progress(0.8, "pictures");
    new BinaryReader(limits, thumbnails, sink).deliverAll(book);
    job.progress(1, "done");
  }

  private Survey survey(FictionBookFile book) throws JobFailure, IOException {
    Survey survey = book.survey(() -> new Survey(limits));
    if (!survey.isFictionBook()) {
      throw new JobFailure(
          JobFailure.Reason.FORMAT_UNSUPPORTED, "The document is not a FictionBook");
    }
    if (survey.chapters() == 0) {
      throw new JobFailure(JobFailure.Reason.NO_TEXT, "The book has no text");
    }
    return survey;
  }
}
