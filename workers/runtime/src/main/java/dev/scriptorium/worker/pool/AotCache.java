package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The file from which a runner's JVM takes classes that were loaded and linked before: a runner is
 * then ready in less than half of the time. Without it everything works the same. Thread-safe.
 */
final class AotCache {
  private final Path file;
  private final boolean possible;

  private AotCache(Path file, boolean possible) {
    this.file = file;
    this.possible = possible;
  }

  /**
   * The cache for this program: another JVM, class path or set of flags has another file.
   *
   * @param folder where caches lie; need not exist
   */
  static AotCache of(Path folder, RunnerSettings settings) throws IOException {
    MessageDigest key = sha256();
    add(key, Runtime.version().toString());
    add(key, settings.java().toString());
    add(key, RunnerFlags.FIXED.toString());
    add(key, settings.extraFlags().toString());
    boolean jarsAlone = true;
    for (Path path : settings.classPathEntries()) {
      // The JVM makes no cache of folders.
      jarsAlone &= Files.isRegularFile(path);
      add(key, path.toString());
      if (Files.isRegularFile(path)) {
        add(key, Files.size(path) + " " + Files.getLastModifiedTime(path).toMillis());
      }
    }
    String name = HexFormat.of().formatHex(key.digest(), 0, 12);
    return new AotCache(folder.resolve(name + ".aot"), jarsAlone);
  }

  /** The cache; empty while there is none. */
  Optional<Path> file() {
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /** True when there is none and one can be made. */
  boolean wanted() {
    return possible && file().isEmpty();
  }

  /** The folder in which caches lie. */
  Path folder() {
    return Optional.ofNullable(file.getParent()).orElseThrow();
  }

  /** Where a new cache is written before it counts. */
  Path draft() {
    return folder().resolve(file.getFileName() + ".new");
  }

  /** Lets the draft count, and deletes caches of other programs. */
  void publish() throws IOException {
    Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE);
    List<Path> others;
    try (var files = Files.list(folder())) {
      others = files.filter(other -> !other.equals(file)).toList();
    }
    for (Path other : others) {
      Files.deleteIfExists(other);
    }
  }

  /** Drops it, because a runner did not start with it. */
  void distrust() throws IOException {
    Files.deleteIfExists(file);
  }

  private static void add(MessageDigest key, String part) {
    key.update(part.getBytes(StandardCharsets.UTF_8));
    key.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
