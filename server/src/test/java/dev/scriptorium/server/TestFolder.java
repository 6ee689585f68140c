package dev.scriptorium.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder that the user of the embedded database can pass through, also when the tests
 * run as root; JUnit's own are closed to others.
 *
 * @param path the folder
 */
public record TestFolder(Path path) implements AutoCloseable {
  /** Creates one. */
  public static TestFolder create() throws IOException {
    Path created = Files.createTempDirectory("scriptorium-test-");
    Files.setPosixFilePermissions(created, PosixFilePermissions.fromString("rwx--x--x"));
    return new TestFolder(created);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> walk = Files.walk(path)) {
      List<Path> paths = walk.toList();
      for (Path each : paths.reversed()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("something still writes to " + path, e);
    }
  }
}
