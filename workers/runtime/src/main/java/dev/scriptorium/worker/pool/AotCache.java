package dev.scriptorium.worker.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file from which a runner's JVM takes classes that were loaded and linked before. */
final class AotCache {
  private final Path file;

  AotCache(Path file) {
    this.file = file;
  }

  /** The cache; empty while there is none. */
  Optional<Path> file() {
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }
}
