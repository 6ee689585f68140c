package dev.scriptorium.worker.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir private Path folder;

  @Test
  void whatAKilledWorkerLeftBehindIsSwept() throws Exception {
    Path left = Files.createDirectories(folder.resolve("jobs/12-1-1/scratch"));
    Files.writeString(left.resolve("page"), "left");
    Path cache = Files.createDirectories(folder.resolve("aot")).resolve("a.aot");
    Files.writeString(cache, "kept");

    try (WorkDirectory directory = WorkDirectory.open(folder)) {
      assertThat(directory.jobs()).isEmptyDirectory();
      assertThat(directory.runners()).isEmptyDirectory();
      assertThat(cache).exists();
    }
  }

  @Test
  void aSecondWorkerIsToldWhoHasTheDirectory() throws Exception {
    try (WorkDirectory directory = WorkDirectory.open(folder)) {
      Path job = Files.createDirectory(directory.jobs().resolve("1-1-1"));

      assertThatThrownBy(() -> WorkDirectory.open(folder))
          .isInstanceOf(WorkDirectoryException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(job).exists();
    }
  }

  @Test
  void theDirectoryIsFreeAgainAfterAnOrderlyEnd() throws Exception {
    WorkDirectory.open(folder).close();

    try (WorkDirectory again = WorkDirectory.open(folder)) {
      assertThat(again.jobs()).isEmptyDirectory();
    }
  }

  @Test
  void nobodyElseMayReadIt() throws Exception {
    try (WorkDirectory directory = WorkDirectory.open(folder.resolve("new"))) {
      JobDirectory job = JobDirectory.create(directory.jobs().resolve("1-1-1"));

      assertThat(Files.getPosixFilePermissions(folder.resolve("new")))
          .containsOnly(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE,
              // Runners that are other users pass through to their own folders.
              PosixFilePermission.GROUP_EXECUTE,
              PosixFilePermission.OTHERS_EXECUTE);
      assertThat(Files.getPosixFilePermissions(job.path())).hasSize(3);
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    assertThatThrownBy(() -> WorkDirectory.open(file.resolve("work")))
        .isInstanceOf(WorkDirectoryException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aDirectoryThatARunnerReplacedByALinkIsNotTakenBack() throws IOException {
    Path runner = Files.createDirectory(folder.resolve("runner-1"));
    JobDirectory job = JobDirectory.create(folder.resolve("1-1-1"));
    job.moveInto(runner);
    FileTree.delete(job.path());
    Files.createSymbolicLink(job.path(), folder);

    assertThatThrownBy(job::moveHome).isInstanceOf(IOException.class);
  }

  @Test
  void aTreeIsDeletedWithoutFollowingLinks() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "kept");
    Path tree = Files.createDirectories(folder.resolve("tree/deep"));
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Files.createSymbolicLink(tree.resolve("up"), folder);

    FileTree.delete(folder.resolve("tree"));
    FileTree.delete(folder.resolve("tree"));

    assertThat(folder.resolve("tree")).doesNotExist();
    assertThat(outside).hasContent("kept");
  }
}
