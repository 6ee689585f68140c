package dev.scriptorium.server.blob;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Watches that some space stays free on a disk, which the database on it may need to recover. */
final class FreeSpace {
  private final Path folder;
  private final long floorBytes;

  /**
   * @param floorBytes space that must stay free; 0 or more
   */
  FreeSpace(Path folder, long floorBytes) {
    if (floorBytes < 0) {
      throw new IllegalArgumentException("floor of " + floorBytes + " bytes is negative");
    }
    this.folder = folder;
    this.floorBytes = floorBytes;
  }

  /** Usable bytes. */
  long bytes() throws IOException {
    FileStore disk = Files.getFileStore(folder);
    return disk.getUsableSpace();
  }

  /** True when less than the floor is left. */
  boolean belowFloor() throws IOException {
    return bytes() < floorBytes;
  }

  /**
   * @throws DiskFullException when less than the floor is left
   */
  void check() throws IOException {
    if (belowFloor()) {
      throw full();
    }
  }

  DiskFullException full() {
    return new DiskFullException(
        "less than %d bytes are free below %s".formatted(floorBytes, folder), floorBytes);
  }

  /** What an error of writing means: that nothing is left, or what it says itself. */
  IOException fullOr(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left") || message.contains("Disk quota exceeded")) {
      DiskFullException full = full();
      full.initCause(e);
      return full;
    }
    return e;
  }
}
