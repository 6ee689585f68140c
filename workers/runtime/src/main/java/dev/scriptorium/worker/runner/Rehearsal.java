package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.worker.frame.FrameReader;
import dev.scriptorium.worker.frame.FrameWriter;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.JobFile;
import dev.scriptorium.worker.v1.StartJob;
import dev.scriptorium.worker.v1.ToRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/**
 * A job that is all frame and no plugin: its message is read, its files are opened and written, its
 * end is told to nobody. A runner that has done it once is as quick with its first job as with the
 * second; and what it loads for that gets into the ahead-of-time cache.
 */
final class Rehearsal implements JobHandler {
  private static final String KIND = "rehearsal";
  private static final String BOOK = "book";

  /**
   * Does it, in a folder that is gone afterwards.
   *
   * @param folder in which nothing is called like the rehearsal
   * @throws IOException when it does not succeed: no job would
   */
  static void run(Path folder, Logger log) throws IOException, InterruptedException {
    Path directory = Files.createDirectory(folder.resolve(KIND));
    try {
      Files.writeString(directory.resolve(BOOK), "A line.\n");
      ByteArrayOutputStream start = new ByteArrayOutputStream();
      new FrameWriter(start).write(message(directory));
      JobLoop loop =
          new JobLoop(
              new PluginHost(List.of(new Rehearsal())),
              new FrameWriter(OutputStream.nullOutputStream()),
              System::nanoTime,
              log);
      loop.accept(
          new FrameReader<>(new ByteArrayInputStream(start.toByteArray()), ToRunner.parser())
              .read()
              .orElseThrow());
      FromRunner answer = loop.doNext();
      if (!answer.hasFinished()) {
        throw new IOException(
            "the rehearsal failed: " + answer.getFailed().getFailure().getMessage());
      }
    } finally {
      for (String file : List.of(BOOK, ResultWriter.RESULT, ResultWriter.PACK)) {
        Files.deleteIfExists(directory.resolve(file));
      }
      Files.deleteIfExists(directory);
    }
  }

  private static ToRunner message(Path directory) {
    return ToRunner.newBuilder()
        .setStart(
            StartJob.newBuilder()
                .setJob(1)
                .setKind(KIND)
                .setMediaType("text/plain")
                .setDirectory(directory.toString())
                .setDeadlineMillis(60_000)
                .addInputs(JobFile.newBuilder().setKind(Input.Kind.KIND_BOOK_FILE).setName(BOOK)))
        .build();
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(new Capability(KIND, "*"));
  }

  @Override
  public void handle(JobContext job, BookSink sink) throws IOException {
    job.progress(0.5, KIND);
    job.saveCheckpoint(job.payload());
    sink.chapter(new Chapter(1, "One", BOOK, "A line.", "<p>A line.</p>", 2, "en", true, 0, 0));
    sink.warning(new Warning("REHEARSAL", BOOK, "Nothing is wrong."));
  }
}
