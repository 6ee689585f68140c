package dev.scriptorium.worker.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobDirectoryTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path runner;

  @BeforeEach
  void makeRunner() throws IOException {
    runner = Files.createDirectory(folder.resolve("runner-1"));
  }

  @Test
  void theNextJobFindsItsPlaceFreeBeforeAnythingIsDeleted() throws IOException {
    JobDirectory failed = JobDirectory.create(folder.resolve("failed"));
    JobDirectory next = JobDirectory.create(folder.resolve("next"));
    Files.createFile(next.input(0));
    failed.moveInto(runner);
    Files.createFile(failed.path().resolve("half-a-result"));

    Path rest = failed.vacate();
    next.moveInto(runner);
    FileTree.delete(rest);

    assertThat(next.input(0)).exists();
    assertThat(folder.resolve("failed")).doesNotExist();
  }

  @Test
  void aLinkInItsPlaceIsTakenAwayAndNotFollowed() throws IOException {
    Path elsewhere = Files.createFile(folder.resolve("elsewhere"));
    JobDirectory job = JobDirectory.create(folder.resolve("job"));
    job.moveInto(runner);
    Files.delete(job.path());
    Path link = Files.createSymbolicLink(runner.resolve("job"), elsewhere);

    Path rest = job.vacate();

    assertThat(link).doesNotExist();
    assertThat(rest).doesNotExist();
    assertThat(elsewhere).exists();
  }

  @Test
  void aPlaceThatIsGoneIsFree() throws IOException {
    JobDirectory job = JobDirectory.create(folder.resolve("job"));
    job.moveInto(runner);
    Files.delete(job.path());

    assertThat(job.vacate()).doesNotExist();
  }
}
