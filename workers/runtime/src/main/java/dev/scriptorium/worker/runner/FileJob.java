package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A job on a local file that nobody watches or stops.
 *
 * @param heap looked after as in a runner
 */
record FileJob(String kind, String mediaType, String language, Path path, SpareHeap heap)
    implements JobContext {
  @Override
  public JobInput input() {
    return new JobInput.BookFile(path, String.valueOf(path.getFileName()));
  }

  @Override
  public Path scratch() {
    try {
      // One for each thread, as a job calls this more than once and means the same folder.
      return Files.createDirectories(
          Path.of(System.getProperty("java.io.tmpdir"), Thread.currentThread().getName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void progress(double fraction, String activity) {
    heap.look();
  }

  @Override
  public boolean stopRequested() {
    return false;
  }
}
