package dev.scriptorium.booktext;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * A job on a file, for tests.
 *
 * @param scratch an existing empty folder, or one that does not exist for handlers that write
 *     nothing
 * @param stop asked whether the job is to stop
 */
public record ParseJob(String kind, String mediaType, Path file, Path scratch, BooleanSupplier stop)
    implements JobContext {

  /** A job that writes nothing and is never stopped. */
  public ParseJob(String kind, String mediaType, Path file) {
    this(kind, mediaType, file, Path.of("no-scratch-folder"), () -> false);
  }

  @Override
  public String language() {
    return "";
  }

  @Override
  public JobInput input() {
    return new JobInput.BookFile(file, "book");
  }

  @Override
  public void progress(double fraction, String activity) {
    if (!(fraction >= 0 && fraction <= 1) || activity.length() > 100) {
      throw new IllegalArgumentException(fraction + " " + activity);
    }
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
