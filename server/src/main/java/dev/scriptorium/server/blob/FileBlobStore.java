package dev.scriptorium.server.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Blobs as files {@code ab/cdef…} below one folder, which servers may share. A blob is written
 * under {@code tmp}, flushed, and only then gets its name. Thread-safe.
 */
public final class FileBlobStore implements BlobStore {
  private static final Duration ABANDONED_AFTER = Duration.ofHours(6);

  private final Path folder;
  private final Path unfinished;
  private final FreeSpace space;
  private final InstantSource clock;
  private final PartialBlobs partials;

  /**
   * @param folder created when missing
   * @param floorBytes space that must stay free on its disk; 0 or more
   */
  public FileBlobStore(Path folder, long floorBytes, InstantSource clock) throws IOException {
    this.folder = folder;
    this.unfinished = folder.resolve("tmp");
    this.space = new FreeSpace(folder, floorBytes);
    this.clock = clock;
    Files.createDirectories(unfinished);
    this.partials = new PartialBlobs(this, folder.resolve("partial"), space);
    sweepUnfinished();
  }

  /** Blobs that arrive in pieces, below the same folder. */
  public PartialBlobs partials() {
    return partials;
  }

  @Override
  public BlobWriter create() throws IOException {
    space.check();
    return new FileBlobWriter(this, Files.createTempFile(unfinished, "blob-", ""), space);
  }

  @Override
  public InputStream open(Sha256 blob) throws IOException {
    return Files.newInputStream(path(blob));
  }

  @Override
  public ByteBuffer read(Sha256 blob, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(path(blob), StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw new EOFException(
              "blob %s ends before byte %d".formatted(blob, offset + bytes.capacity()));
        }
      }
    }
    return bytes.flip();
  }

  @Override
  public boolean exists(Sha256 blob) {
    return Files.isRegularFile(path(blob));
  }

  /** Space left for new blobs, in bytes. */
  public long freeBytes() throws IOException {
    return space.bytes();
  }

  /** True when free space is below the floor. */
  public boolean full() throws IOException {
    return space.belowFloor();
  }

  /**
   * Blobs that were written before an instant, some of them perhaps in use.
   *
   * @param limit most that are returned
   * @param after only hashes greater than this, for paging; empty for all
   */
  List<Sha256> writtenBefore(Instant instant, String after, int limit) throws IOException {
    List<Sha256> found = new ArrayList<>();
    for (Path shard : sorted(folder)) {
      String prefix = shard.getFileName().toString();
      boolean relevant = prefix.length() == 2 && prefix.compareTo(prefixOf(after)) >= 0;
      for (Path file : relevant ? sorted(shard) : List.<Path>of()) {
        String hex = prefix + file.getFileName();
        if (hex.compareTo(after) > 0 && isOlder(file, instant)) {
          found.add(new Sha256(hex));
        }
        if (found.size() == limit) {
          return found;
        }
      }
    }
    return found;
  }

  /**
   * Deletes a blob, unless it was written again since.
   *
   * @return true when it is gone
   */
  boolean deleteWrittenBefore(Sha256 blob, Instant instant) throws IOException {
    Path target = path(blob);
    Path grave = Files.createTempFile(unfinished, "sweep-", "");
    try {
      Files.move(target, grave, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      Files.delete(grave);
      return true;
    }
    if (!isOlder(grave, instant)) {
      // Somebody has committed the same content after it was listed: it may be referred to by now.
      Files.move(grave, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      return false;
    }
    Files.delete(grave);
    return true;
  }

  /** Removes what writers have left that were killed long ago. */
  void sweepUnfinished() throws IOException {
    Instant limit = clock.instant().minus(ABANDONED_AFTER);
    for (Path file : sorted(unfinished)) {
      if (isOlder(file, limit)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Gives a finished file its name; the name is durable on return. */
  void adopt(Path file, Sha256 blob) throws IOException {
    Path target = path(blob);
    Path shard = folder.resolve(blob.hex().substring(0, 2));
    if (!Files.isDirectory(shard)) {
      Files.createDirectories(shard);
      flush(folder);
    }
    // Also over an equal blob: that makes it young again, out of the sweep's reach.
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    Files.move(file, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    flush(shard);
  }

  private Path path(Sha256 blob) {
    return folder.resolve(blob.hex().substring(0, 2)).resolve(blob.hex().substring(2));
  }

  private static String prefixOf(String hex) {
    return hex.length() < 2 ? "" : hex.substring(0, 2);
  }

  static boolean isOlder(Path file, Instant instant) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(instant);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static List<Path> sorted(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    }
    entries.sort(null);
    return entries;
  }

  // A rename is durable only when its directory is.
  static void flush(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
