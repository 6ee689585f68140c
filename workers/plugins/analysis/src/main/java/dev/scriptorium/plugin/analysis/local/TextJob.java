package dev.scriptorium.plugin.analysis.local;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A job on chapters given as strings, that nobody watches or stops. */
public class TextJob implements JobContext {
  private final String language;
  private final JobInput input;
  private final String options;

  /**
   * @param language BCP 47
   * @param options the payload
   */
  protected TextJob(String language, JobInput input, String options) {
    this.language = language;
    this.input = input;
    this.options = options;
  }

  /** An analyze job for all chapters, read as the options say. */
  public static TextJob analyze(String language, List<String> chapters, String options) {
    return new TextJob(language, texts(chapters), options);
  }

  /** A summarize job for what an analyze job found. */
  public static TextJob summarize(String language, Findings found, List<String> chapters) {
    return new TextJob(language, found.of(texts(chapters)), "");
  }

  /**
   * Analyzes a book of English as a whole and summarizes it.
   *
   * @throws IllegalStateException when something is missing: such figures would say nothing
   */
  public static Findings book(JobHandler handler, List<String> chapters, String options)
      throws IOException {
    Findings found = complete(analyze("en", chapters, options).run(handler));
    return complete(summarize("en", found, chapters).run(handler));
  }

  private static Findings complete(Findings found) {
    if (found.isDegraded()) {
      throw new IllegalStateException("an analysis of English without haste is not degraded");
    }
    return found;
  }

  /** Does the job. */
  public final Findings run(JobHandler handler) throws IOException {
    Findings found = new Findings();
    try {
      handler.handle(this, found);
    } catch (JobFailure e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return found;
  }

  /** Chapters as a job reads them, numbered from 1. */
  protected static JobInput.BookText texts(List<String> chapters) {
    return new Texts(List.copyOf(chapters));
  }

  @Override
  public final String kind() {
    return input instanceof JobInput.BookText ? JobKinds.ANALYZE : JobKinds.SUMMARIZE;
  }

  @Override
  public final String mediaType() {
    return "text/plain";
  }

  @Override
  public final String language() {
    return language;
  }

  @Override
  public final byte[] payload() {
    return options.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public final JobInput input() {
    return input;
  }

  @Override
  public final Path scratch() {
    throw new UnsupportedOperationException("An analysis writes no files");
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
