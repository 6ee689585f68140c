package dev.scriptorium.server.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The server's data directory, held by one process at a time. The lock goes with the process,
 * however that ends; the file keeps the holder's pid for the message to the next one.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the directory when it is missing, and takes its lock.
   *
   * @throws DirectoryInUseException when another process has it
   * @throws DirectoryUnusableException when it cannot be created or written
   */
  public static DataDirectory lock(Path directory) throws IOException {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      allowTraversal(path);
      return new DataDirectory(path, tryLock(path));
    } catch (DirectoryInUseException e) {
      throw e;
    } catch (IOException e) {
      throw new DirectoryUnusableException(
          "data directory " + path + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Absolute and normalised. */
  public Path path() {
    return path;
  }

  /**
   * A folder inside that only this process' user can enter; created when missing.
   *
   * @param name a single name
   */
  public Path privateFolder(String name) throws IOException {
    Path folder = path.resolve(name);
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return folder;
  }

  /** Gives the directory up. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  // The database runs as another user when the server is root. What is secret is in folders that
  // are closed to it, so that passing through this one reveals nothing.
  private static void allowTraversal(Path path) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (ServiceUser.needed() && permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  private static FileChannel tryLock(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path.resolve("lock"), CREATE, READ, WRITE);
    try {
      if (channel.tryLock() != null) {
        writePid(channel);
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the pid in the file says so.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    try (channel) {
      throw new DirectoryInUseException(path, readPid(channel));
    }
  }

  private static void writePid(FileChannel channel) throws IOException {
    channel.truncate(0);
    channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    channel.force(true);
  }

  private static String readPid(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(32);
    channel.read(content, 0);
    return US_ASCII.decode(content.flip()).toString().strip();
  }
}
