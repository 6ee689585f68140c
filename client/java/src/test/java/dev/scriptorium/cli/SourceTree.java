package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The tree that this is built from. */
final class SourceTree {
  private SourceTree() {}

  /** The folder that holds {@code ops}. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null
        && !Files.isRegularFile(folder.resolve("ops/bin/jdk.sh"), LinkOption.NOFOLLOW_LINKS)) {
      folder = folder.getParent();
    }
    assertThat(folder).as("folder with ops/bin").isNotNull();
    return Path.of(String.valueOf(folder));
  }
}
