package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobFailure.Reason;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inspects and parses PDF books. */
public final class PdfHandler implements JobHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PdfHandler.class);
  private static final String MEDIA_TYPE = "application/pdf";
  private static final long HEAP_FOR_TWO_THREADS = 150L << 20;

  private final PdfLimits limits;
  private final InstantSource clock;
  private final int threads;
  private final WarmUp warmUp;

  /** Made by the service loader. */
  public PdfHandler() {
    this(usefulThreads(Runtime.getRuntime()));
  }

  /**
   * Made to be measured.
   *
   * @param threads that read the pages of one book at most
   */
  public PdfHandler(int threads) {
    this(PdfLimits.DEFAULT, InstantSource.system(), threads);
  }

  PdfHandler(PdfLimits limits, InstantSource clock, int threads) {
    this.limits = limits;
    this.clock = clock;
    this.threads = threads;
    this.warmUp = new WarmUp(limits, clock);
  }

  /** One in a small heap: the second thread opens the book once more. */
  private static int usefulThreads(Runtime runtime) {
    return runtime.maxMemory() < HEAP_FOR_TWO_THREADS ? 1 : runtime.availableProcessors();
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(
        new Capability(JobKinds.INSPECT, MEDIA_TYPE), new Capability(JobKinds.PARSE, MEDIA_TYPE));
  }

  @Override
  public void warm() throws IOException {
    BundledFonts.use();
    warmUp.load();
  }

  @Override
  public boolean practise() throws IOException {
    return warmUp.practise();
  }

  @Override
  public void handle(JobContext job, BookSink sink) throws JobFailure, IOException {
    if (!(job.input() instanceof JobInput.BookFile book)) {
      throw new IllegalArgumentException("a PDF job reads a file, not " + job.input());
    }
    try (PdfFile file = open(book.path(), job.scratch(), sink)) {
      sink.metadata(new DocumentInfo(file, book.fileName(), limits).read());
      if (job.kind().equals(JobKinds.PARSE)) {
        warnAboutRestrictions(file, sink);
        new BookParser(job, sink, limits, clock, threads).parse(file);
      } else {
        inspect(file, job, sink);
      }
    } catch (StackOverflowError e) {
      LOG.debug("nested too deeply", e);
      throw new JobFailure(Reason.FILE_CORRUPT, "The PDF is nested too deeply to be read.");
    }
  }

  private PdfFile open(Path path, Path scratch, BookSink sink) throws JobFailure, IOException {
    try {
      return PdfFile.open(path, scratch, limits);
    } catch (JobFailure e) {
      Optional<Path> salvaged =
          e.reason() == Reason.FILE_CORRUPT ? Salvage.of(path, scratch) : Optional.empty();
      if (salvaged.isEmpty()) {
        throw e;
      }
      PdfFile file = PdfFile.open(salvaged.get(), scratch, limits);
      String message = "The file is damaged or ends too early; what was found of it is read.";
      sink.warning(new Warning("FILE_DAMAGED", "document", message));
      sink.degraded();
      return file;
    }
  }

  private static void warnAboutRestrictions(PdfFile file, BookSink sink) throws IOException {
    if (!file.document().getCurrentAccessPermission().canExtractContent()) {
      sink.warning(
          new Warning(
              "COPYING_RESTRICTED", "document", "The file asks not to copy text out of it."));
    }
  }

  private void inspect(PdfFile file, JobContext job, BookSink sink) throws IOException {
    for (Outline.Entry entry : Outline.read(file, limits)) {
      sink.contents(new ContentsEntry(entry.title(), entry.depth(), 0, 0));
    }
    job.progress(0.5, "looking for a cover");
    new Cover(limits, clock, job::stopRequested).find(file.pages().getFirst(), sink);
  }
}
