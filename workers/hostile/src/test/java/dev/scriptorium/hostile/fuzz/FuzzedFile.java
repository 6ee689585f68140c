package dev.scriptorium.hostile.fuzz;

import dev.scriptorium.booktext.ParseJob;
import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One file that handlers read over and over, each time with other bytes. A book and a refusal are
 * good ends; whatever else a handler throws goes on to the fuzzer. One thread.
 */
final class FuzzedFile {
  private final JobHandler handler;
  private final Path file;
  private final Path scratch;

  /** Uses a new folder of its own, which goes when the process ends by itself. */
  FuzzedFile(JobHandler handler) {
    this.handler = handler;
    try {
      Path folder = Files.createTempDirectory("fuzz");
      file = folder.resolve("book");
      scratch = Files.createDirectory(folder.resolve("scratch"));
      // The last one named goes first.
      Stream.of(folder, file, scratch).forEach(path -> path.toFile().deleteOnExit());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Inspects and parses a book of these bytes. */
  void read(String mediaType, byte[] bytes) {
    try {
      Files.write(file, bytes);
      handle(JobKinds.INSPECT, mediaType);
      handle(JobKinds.PARSE, mediaType);
    } catch (IOException e) {
      // A handler that cannot read its file has not said what is wrong with it.
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(String kind, String mediaType) throws IOException, InterruptedException {
    ParseJob job = new ParseJob(kind, mediaType, file, scratch, () -> false);
    try {
      RecordedBook.of(handler, job);
    } catch (JobFailure refused) {
      if (String.valueOf(refused.getMessage()).contains("null")) {
        throw new IllegalStateException(refused);
      }
    } finally {
      clear();
    }
  }

  private void clear() throws IOException {
    try (Stream<Path> left = Files.list(scratch)) {
      for (Path each : left.toList()) {
        Files.delete(each);
      }
    }
  }
}
