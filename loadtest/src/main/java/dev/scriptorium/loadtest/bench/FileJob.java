package dev.scriptorium.loadtest.bench;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import java.nio.file.Path;

/** A parse job on a local file that nobody watches or stops. */
public record FileJob(Path file, String mediaType, Path scratch) implements JobContext {
  @Override
  public String kind() {
    return JobKinds.PARSE;
  }

  @Override
  public String language() {
    return "";
  }

  @Override
  public JobInput input() {
    return new JobInput.BookFile(file, String.valueOf(file.getFileName()));
  }

  @Override
  public void progress(double fraction, String activity) {}

  @Override
  public boolean stopRequested() {
    return false;
  }
}
