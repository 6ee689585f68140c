package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** A job on chapters given as strings. */
final class TestJob implements JobContext {
  final List<Double> progress = new ArrayList<>();
  private final String language;
  private final JobInput input;
  private int callsBeforeStop = Integer.MAX_VALUE;
  private String payload = "";

  private TestJob(String language, JobInput input) {
    this.language = language;
    this.input = input;
  }

  /** An analyze job for all chapters. */
  static TestJob analyze(String language, String... chapters) {
    return new TestJob(language, new Texts(List.of(chapters)));
  }

  /** A summarize job for what an analyze job found. */
  static TestJob summarize(String language, RecordingSink found, String... chapters) {
    return new TestJob(
        language,
        new Findings(
            new Texts(List.of(chapters)),
            found.passages,
            found.mentions,
            found.quotations,
            found.chapterFacts));
  }

  /** Asks for a stop when it was asked this often whether to stop. */
  TestJob stopAfter(int calls) {
    callsBeforeStop = calls;
    return this;
  }

  /** Asks for the book to be read as this payload says. */
  TestJob with(String options) {
    payload = options;
    return this;
  }

  /** Runs the job with a handler of its own. */
  RecordingSink run() throws IOException {
    AnalysisHandler handler = new AnalysisHandler();
    handler.warm();
    return run(handler);
  }

  RecordingSink run(AnalysisHandler handler) throws IOException {
    RecordingSink sink = new RecordingSink();
    handler.handle(this, sink);
    return sink;
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
    return language;
  }

  @Override
  public byte[] payload() {
    return payload.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public JobInput input() {
    return input;
  }

  @Override
  public Path scratch() {
    throw new UnsupportedOperationException("scratch");
  }

  @Override
  public void progress(double fraction, String activity) {
    progress.add(fraction);
  }

  @Override
  public boolean stopRequested() {
    return callsBeforeStop-- <= 0;
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

  private record Findings(
      JobInput.BookText book,
      List<Passage> passages,
      List<Mention> mentions,
      List<Quotation> quotations,
      SortedMap<Integer, Facts> chapterFacts)
      implements JobInput.BookFindings {}
}
