package dev.scriptorium.worker.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The job that a runner does for nobody. */
class RehearsalTest {
  @Test
  void itSucceedsAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
    Rehearsal.run(folder, LoggerFactory.getLogger(RehearsalTest.class));

    assertThat(folder).isEmptyDirectory();
  }
}
