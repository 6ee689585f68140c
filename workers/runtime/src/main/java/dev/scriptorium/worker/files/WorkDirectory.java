package dev.scriptorium.worker.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a worker keeps everything: {@code jobs}, {@code runners}, {@code aot}. One
 * worker at a time has it; what an earlier one left behind is deleted at the start.
 */
public final class WorkDirectory implements AutoCloseable {
  // Runners may be other users, who must get to their own folders.
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwx--x--x");

  private final Path root;
  private final FileChannel channel;

  private WorkDirectory(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Takes the folder, creating it when needed, and sweeps it.
   *
   * @throws WorkDirectoryException when another worker has it, or it cannot be written
   */
  public static WorkDirectory open(Path root) throws WorkDirectoryException {
    try {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, OPEN);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      WorkDirectory directory = new WorkDirectory(root.toRealPath(), channel);
      directory.lock();
      directory.sweep();
      return directory;
    } catch (IOException e) {
      throw new WorkDirectoryException("work directory " + root + " cannot be used: " + e, e);
    }
  }

  /** Where the directories of attempts lie. */
  public Path jobs() {
    return root.resolve("jobs");
  }

  /** Where the folders of runners lie. */
  public Path runners() {
    return root.resolve("runners");
  }

  /** Where AOT caches lie. */
  public Path aot() {
    return root.resolve("aot");
  }

  /** Deletes what belongs to this run and gives the folder free. */
  @Override
  public void close() throws IOException {
    FileTree.delete(jobs());
    FileTree.delete(runners());
    channel.close();
  }

  private void lock() throws IOException, WorkDirectoryException {
    if (tryLock() == null) {
      String owner = owner();
      channel.close();
      throw new WorkDirectoryException(
          "work directory %s is in use by another worker, process %s".formatted(root, owner), null);
    }
    channel.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private @Nullable FileLock tryLock() throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another worker of this very process.
      return null;
    }
  }

  private String owner() throws IOException {
    String text = Files.readString(root.resolve("lock")).strip();
    return text.isEmpty() ? "unknown" : text;
  }

  private void sweep() throws IOException {
    FileTree.delete(jobs());
    FileTree.delete(runners());
    for (Path folder : List.of(jobs(), runners(), aot())) {
      Files.createDirectories(folder);
    }
    Files.setPosixFilePermissions(jobs(), PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(runners(), OPEN);
  }
}
