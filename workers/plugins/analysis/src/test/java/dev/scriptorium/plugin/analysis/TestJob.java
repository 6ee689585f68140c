package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.analysis.local.Findings;
import dev.scriptorium.plugin.analysis.local.TextJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A job on chapters given as strings, that can be watched, stopped, and run out of time. */
final class TestJob extends TextJob {
  final List<Double> progress = new ArrayList<>();
  private final JobInput read;
  private int callsBeforeStop = Integer.MAX_VALUE;
  private int callsInTime = Integer.MAX_VALUE;

  private TestJob(String language, JobInput read, String options) {
    super(language, read, options);
    this.read = read;
  }

  /** An analyze job for all chapters. */
  static TestJob analyze(String language, String... chapters) {
    return new TestJob(language, texts(List.of(chapters)), "");
  }

  /** A summarize job for what an analyze job found. */
  static TestJob summarize(String language, Findings found, String... chapters) {
    return new TestJob(language, TextJob.summarize(language, found, List.of(chapters)).input(), "");
  }

  /** The same job for a book that is to be read as this payload says. */
  TestJob with(String options) {
    return new TestJob(language(), read, options);
  }

  /** Asks for a stop when it was asked this often whether to stop. */
  TestJob stopAfter(int calls) {
    callsBeforeStop = calls;
    return this;
  }

  /** Has next to no time left when it was asked this often, the first time included. */
  TestJob shortOfTimeAfter(int calls) {
    callsInTime = calls;
    return this;
  }

  /** Runs the job with a handler of its own. */
  Findings run() throws IOException {
    AnalysisHandler handler = new AnalysisHandler();
    handler.warm();
    return run(handler);
  }

  @Override
  public void progress(double fraction, String activity) {
    progress.add(fraction);
  }

  @Override
  public boolean stopRequested() {
    return callsBeforeStop-- <= 0;
  }

  @Override
  public Optional<Duration> timeLeft() {
    return Optional.of(callsInTime-- > 0 ? Duration.ofMinutes(10) : Duration.ofSeconds(1));
  }
}
