package dev.scriptorium.server.blob;

import dev.scriptorium.server.blob.BlobStore.BlobWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Bytes that arrive in pieces, over calls and restarts, and become a blob once they are whole. They
 * lie beside the blobs, one file for each, so that they need only another name in the end, and so
 * that servers which share the folder can go on with each other's. Who keeps count of them also has
 * to delete them. Thread-safe, but for one partial blob there is one writer at a time.
 */
public final class PartialBlobs {
  private final FileBlobStore store;
  private final Path folder;
  private final FreeSpace space;

  PartialBlobs(FileBlobStore store, Path folder, FreeSpace space) throws IOException {
    this.store = store;
    this.folder = folder;
    this.space = space;
    Files.createDirectories(folder);
  }

  /**
   * Makes an empty one; it is durable on return. One that is there stays as it is.
   *
   * @throws DiskFullException when free space is below the floor
   */
  public void create(UUID id) throws IOException {
    space.check();
    try {
      Files.createFile(path(id));
    } catch (FileAlreadyExistsException e) {
      return;
    }
    FileBlobStore.flush(folder);
  }

  /**
   * Opens one to go on with; see {@link PartialBlob#startAt}.
   *
   * @throws java.nio.file.NoSuchFileException when it is not here
   * @throws PartialBlobBusyException when another process writes it
   * @throws DiskFullException when free space is below the floor
   */
  public PartialBlob open(UUID id) throws IOException {
    space.check();
    return PartialBlob.open(path(id), space);
  }

  /**
   * All bytes of one, to be looked at and committed as if they had just been written; this reads
   * them. Closing leaves them where they are.
   *
   * @throws java.nio.file.NoSuchFileException when it is not here
   */
  public BlobWriter whole(UUID id) throws IOException {
    return FileBlobWriter.ofWhole(store, path(id), space);
  }

  /** Deletes one, if it is here. */
  public void delete(UUID id) throws IOException {
    Files.deleteIfExists(path(id));
  }

  /**
   * Those that nobody has written to since an instant, by name.
   *
   * @param after only names behind this one, for paging; empty for all
   * @param limit most that are returned
   */
  public List<UUID> untouchedSince(Instant instant, String after, int limit) throws IOException {
    List<UUID> found = new ArrayList<>();
    for (Path file : FileBlobStore.sorted(folder)) {
      String name = file.getFileName().toString();
      if (found.size() == limit) {
        return found;
      }
      if (name.compareTo(after) > 0 && FileBlobStore.isOlder(file, instant)) {
        found.add(UUID.fromString(name));
      }
    }
    return found;
  }

  private Path path(UUID id) {
    return folder.resolve(id.toString());
  }
}
