package dev.scriptorium.loadtest.analysis;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.analysis.AnalysisHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A job on a book of English that nobody watches or stops.
 *
 * @param options how the book is to be read
 */
record TextJob(JobInput input, String options) implements JobContext {

  /** Analyzes a book as a whole and summarizes it. */
  static Findings analyze(AnalysisHandler handler, List<String> chapters) throws IOException {
    return analyze(handler, chapters, "");
  }

  /** The same, read as the options say. */
  static Findings analyze(AnalysisHandler handler, List<String> chapters, String options)
      throws IOException {
    Texts texts = new Texts(chapters);
    Findings found = new Findings();
    handler.handle(new TextJob(texts, options), found);
    Findings settled = new Findings();
    handler.handle(new TextJob(found.of(texts), ""), settled);
    return settled;
  }

  @Override
  public byte[] payload() {
    return options.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String kind() {
    return input instanceof JobInput.BookText ? JobKinds.ANALYZE : JobKinds.SUMMARIZE;
  }

  @Override
  public String mediaType() {
    return "text/plain";
  }

  @Override
  public String language() {
    return "en";
  }

  @Override
  public Path scratch() {
    throw new UnsupportedOperationException("scratch");
  }

  @Override
  public void progress(double fraction, String activity) {}

  @Override
  public boolean stopRequested() {
    return false;
  }

  private record Texts(List<String> texts) implements JobInput.BookText {
    @Override
    public List<JobInput.ChapterInfo> chapters() {
      return IntStream.range(0, texts.size())
          .mapToObj(
              i ->
                  new JobInput.ChapterInfo(
                      i + 1, "", texts.get(i).codePointCount(0, texts.get(i).length())))
          .toList();
    }

    @Override
    public String text(int ordinal) {
      return texts.get(ordinal - 1);
    }
  }
}
