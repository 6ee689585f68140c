package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that only takes up space. Postgres cannot recover on a full disk, because recovery writes
 * too; giving this file up makes the room it needs.
 */
final class Ballast {
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final long bytes;

  /**
   * @param bytes size of the file; 0 for no ballast at all
   */
  Ballast(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Gives the space up when little else is left. */
  void releaseWhenFull() throws IOException {
    if (Files.exists(file) && space() < bytes) {
      Files.delete(file);
    }
  }

  /** Takes the space again, once there is plenty. */
  void restoreWhenRoomy() throws IOException {
    if (bytes > 0 && !Files.exists(file) && space() > 4 * bytes) {
      Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
      write(unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private long space() throws IOException {
    return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
  }

  // Written out, because a sparse file would hold no space.
  private void write(Path target) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer zeros = ByteBuffer.allocate(CHUNK);
      for (long written = 0; written < bytes; written += channel.write(zeros)) {
        zeros.clear().limit((int) Math.min(CHUNK, bytes - written));
      }
    }
  }
}
