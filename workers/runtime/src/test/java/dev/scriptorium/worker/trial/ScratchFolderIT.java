package dev.scriptorium.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.worker.WorkerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own that a signal ends while its runner works. */
class ScratchFolderIT {
  private static final long BOUND = Duration.ofSeconds(60).toNanos();

  @TempDir private Path folder;

  @Test
  void aSignalLeavesNeitherFilesNorRunner() throws IOException, InterruptedException {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path book = Files.writeString(folder.resolve("Book.txt"), "A line.");
    Process command =
        new ProcessBuilder(
                WorkPlace.java().toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                WorkPlace.classPath(),
                WorkerMain.class.getName(),
                "try",
                "hang",
                book.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      awaitJob(temporary);
      List<ProcessHandle> runners = command.descendants().toList();
      assertThat(runners).isNotEmpty();

      command.destroy();

      assertThat(command.waitFor(BOUND, TimeUnit.NANOSECONDS)).isTrue();
      assertThat(temporary).isEmptyDirectory();
      // One that has ended and that nobody has waited for has no command any more.
      assertThat(runners).noneMatch(runner -> runner.info().command().isPresent());
    } finally {
      command.destroyForcibly();
    }
  }

  /** Waits until a runner has the job's files in its own folder. */
  private static void awaitJob(Path temporary) throws IOException {
    long begun = System.nanoTime();
    while (!holdsJob(temporary)) {
      assertThat(System.nanoTime() - begun).as("a runner has the job").isLessThan(BOUND);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static boolean holdsJob(Path temporary) throws IOException {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders.anyMatch(folder -> Files.exists(folder.resolve("runners/runner-1/job")));
    }
  }
}
