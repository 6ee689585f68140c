package dev.scriptorium.worker.trial;

import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.files.WorkDirectory;
import dev.scriptorium.worker.files.WorkDirectoryException;
import dev.scriptorium.worker.pool.RunnerSettings;
import dev.scriptorium.worker.pool.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Files in one warm runner, one after the other, or each in a new one. A runner starts with the
 * first file that a plugin could take; one that dies is replaced for the next. Used by one thread.
 */
final class TrialSession implements AutoCloseable {
  private final ScratchFolder place;
  private final WorkDirectory directory;
  private final RunnerSettings settings;
  private final Sandbox sandbox;
  private final @Nullable Path aot;
  private final boolean freshRunners;
  private final Book book;
  private @Nullable TrialRunner runner;

  /**
   * What is known of every file beforehand.
   *
   * @param mediaType null: the content decides
   * @param language empty: what the book states
   * @param plain see {@link Trial}
   * @param mode of the analysis
   * @param timeout for each job
   */
  record Book(
      @Nullable String mediaType, String language, boolean plain, String mode, Duration timeout) {}

  /**
   * How the runner is started.
   *
   * @param settings makes them from the folder for runners
   * @param sandbox its level
   * @param aot folder of AOT caches, where one is made first if none fits; null: without
   * @param fresh true for a new runner for every file
   */
  record Start(
      Function<Path, RunnerSettings> settings, String sandbox, @Nullable Path aot, boolean fresh) {}

  /**
   * @throws IllegalArgumentException when there is no such sandbox
   */
  TrialSession(Start start, Book book) throws IOException, WorkDirectoryException {
    this.book = book;
    this.aot = start.aot();
    freshRunners = start.fresh();
    place = new ScratchFolder("scriptorium-try");
    directory = WorkDirectory.open(place.path());
    this.settings = start.settings().apply(directory.runners());
    this.sandbox = Sandbox.probe(start.sandbox(), this.settings);
  }

  /** Takes what a job made; what it reads is gone afterwards. */
  interface Print {
    void print(TrialResult result) throws IOException;
  }

  /**
   * Runs a job of this kind on a file, and those it needs before.
   *
   * @throws TrialException when there is no result
   */
  void run(String kind, Path file, Print print)
      throws TrialException, IOException, InterruptedException {
    String type = type(file);
    try (Trial trial =
        new Trial(
            runner(),
            directory.jobs(),
            file.toAbsolutePath(),
            new Trial.Reading(type, book.language(), book.plain(), book.mode()))) {
      print.print(trial.run(kind));
    } finally {
      if (freshRunners) {
        endRunner();
      }
    }
  }

  @Override
  public void close() throws IOException {
    endRunner();
    directory.close();
    place.close();
  }

  private void endRunner() {
    if (runner != null) {
      runner.close();
      runner = null;
    }
  }

  private TrialRunner runner() throws IOException {
    if (runner == null) {
      Path caches = aot == null ? directory.aot() : aot;
      runner = new TrialRunner(settings, sandbox, caches, aot != null, book.timeout());
    }
    return runner;
  }

  private String type(Path file) throws TrialException {
    return type(file, book.plain() ? "text/plain" : book.mediaType());
  }

  /**
   * The media type of a file.
   *
   * @param given what the user says; null: the content decides
   * @throws TrialException when the file cannot be read, is empty, or is of no format
   */
  static String type(Path file, @Nullable String given) throws TrialException {
    try {
      readable(file);
      if (given != null) {
        return given;
      }
      return BookFormat.of(file)
          .orElseThrow(
              () ->
                  refused(
                      ErrorReason.ERROR_REASON_FORMAT_UNSUPPORTED,
                      file.getFileName() + ": the content is of no supported format"));
    } catch (IOException e) {
      throw refused(
          ErrorReason.ERROR_REASON_INVALID_FIELD, "cannot read " + file + ": " + e.getMessage());
    }
  }

  private static void readable(Path file) throws TrialException {
    if (!Files.exists(file)) {
      throw refused(ErrorReason.ERROR_REASON_INVALID_FIELD, "no such file: " + file);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw refused(ErrorReason.ERROR_REASON_INVALID_FIELD, "cannot read " + file);
    }
    if (file.toFile().length() == 0) {
      throw refused(
          ErrorReason.ERROR_REASON_FILE_EMPTY, file.getFileName() + ": the file has no bytes");
    }
  }

  private static TrialException refused(ErrorReason reason, String message) {
    return new TrialException(
        Failure.newBuilder().setReason(reason).setMessage(message).build(), "");
  }
}
