package dev.scriptorium.worker.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of one attempt. While a runner works on it, it lies in that runner's own folder: a
 * runner that is shut in sees no other. Methods are called one at a time.
 */
public final class JobDirectory {
  public static final String RESULT = "result.bin";
  public static final String PACK = "pack.bin";
  private static final String INSIDE_RUNNER = "job";

  private final Path home;
  private Path current;

  private JobDirectory(Path home) {
    this.home = home;
    current = home;
  }

  /** Creates it, for nobody but this user. */
  public static JobDirectory create(Path home) throws IOException {
    FileTree.delete(home);
    Files.createDirectory(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new JobDirectory(home);
  }

  /** Where it is now. */
  public Path path() {
    return current;
  }

  /** Path of an input. */
  public Path input(int index) {
    return current.resolve(inputName(index));
  }

  /** Name of an input within the directory. */
  public static String inputName(int index) {
    return "input-" + index;
  }

  /** Moves it into a runner's folder; whose that is, it becomes. */
  public void moveInto(Path runner) throws IOException {
    int user = FileTree.user(runner);
    if (user != FileTree.user(current)) {
      // Before it is within the runner's reach.
      FileTree.give(current, user);
    }
    move(runner.resolve(INSIDE_RUNNER));
  }

  /**
   * Moves it back home.
   *
   * @throws IOException also when the runner has put something else in its place
   */
  public void moveHome() throws IOException {
    if (!Files.isDirectory(current, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(current.toString());
    }
    move(home);
  }

  /**
   * Leaves the runner's folder, so that the next job finds its place free.
   *
   * @return what is left to delete; may not exist
   */
  public Path vacate() throws IOException {
    if (Files.isDirectory(current, LinkOption.NOFOLLOW_LINKS)) {
      move(home);
    } else {
      Files.deleteIfExists(current);
      current = home;
    }
    return current;
  }

  private void move(Path target) throws IOException {
    Files.move(current, target, StandardCopyOption.ATOMIC_MOVE);
    current = target;
  }
}
