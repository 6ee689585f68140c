package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.analysis.passages.PassageDetector;
import dev.scriptorium.plugin.analysis.text.EnglishModels;
import java.io.IOException;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does the jobs {@code analyze} and {@code summarize} for books of any format. Results depend on
 * the input alone: not on the slices a book was cut into, not on time, not on the thread.
 */
public final class AnalysisHandler implements JobHandler {
  private final @Nullable PassageDetector passages;
  private final DoubleSupplier memoryInUse;
  private @Nullable BookAnalysis analysis;

  /** Finds passages with the weights that come with the plugin. */
  public AnalysisHandler() {
    this(null, JobBudget::heapInUse);
  }

  /**
   * Finds passages in another way: with weights of one's own training.
   *
   * @param passages what finds them
   */
  public AnalysisHandler(PassageDetector passages) {
    this(passages, JobBudget::heapInUse);
  }

  /**
   * @param memoryInUse share of the heap that is in use, 0 to 1
   */
  AnalysisHandler(@Nullable PassageDetector passages, DoubleSupplier memoryInUse) {
    this.passages = passages;
    this.memoryInUse = memoryInUse;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(new Capability(JobKinds.ANALYZE, "*"), new Capability(JobKinds.SUMMARIZE, "*"));
  }

  @Override
  public void warm() throws IOException {
    PassageDetector detector = passages == null ? PassageDetector.load() : passages;
    analysis = new BookAnalysis(EnglishModels.load(), detector, memoryInUse);
  }

  @Override
  public void handle(JobContext job, BookSink sink) throws IOException {
    switch (job.input()) {
      case JobInput.BookText book -> loaded().analyze(job, book, sink);
      case JobInput.BookFindings findings -> new BookSummary().summarize(job, findings, sink);
      case JobInput.BookFile _, JobInput.Nothing _ ->
          throw new IllegalArgumentException(job.kind() + " reads a parsed book");
    }
  }

  private BookAnalysis loaded() throws IOException {
    BookAnalysis loaded = analysis;
    if (loaded == null) {
      throw new IOException("The models are not loaded: warm() was not called");
    }
    return loaded;
  }
}
