package dev.scriptorium.loadtest.bench;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import java.nio.file.Path;

/** A parse job on a local EPUB that nobody watches or stops. */
record FileJob(Path file) implements JobContext {
  @Override
  public String kind() {
    return JobKinds.PARSE;
  }

  @Override
  public String mediaType() {
    return "application/epub+zip";
  }

  @Override
  public String language() {
    return "";
  }

  @Override
  public JobInput input() {
    return new JobInput.BookFile(file, "novel.epub");
  }

  @Override
  public Path scratch() {
    return file.resolveSibling("scratch");
  }

  @Override
  public void progress(double fraction, String activity) {}

  @Override
  public boolean stopRequested() {
    return false;
  }
}
