package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.FileStore.File;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.DownloadBookRequest;
import dev.scriptorium.v1.DownloadHeader;
import java.util.UUID;

/** The rules of downloading. Thread-safe. */
public final class Downloads {
  /** A part of a file. */
  record Range(File file, long offset, long length) {
    /** What a client is told before the bytes. */
    DownloadHeader header() {
      return DownloadHeader.newBuilder()
          .setFileName(file.name())
          .setMediaType(file.mediaType())
          .setSizeBytes(file.size())
          .setSha256(file.content().hex())
          .setLength(length)
          .build();
    }
  }

  private final Database database;
  private final FileStore files = new FileStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Downloads(Database database) {
    this.database = database;
  }

  /** What a request asks for. */
  Range range(UUID caller, DownloadBookRequest request) {
    UUID book = BookName.parse("name", request.getName()).id();
    File file =
        database.inTransaction(
            caller,
            handle -> files.find(handle, caller, book).orElseThrow(new BookName(book)::missing));
    long offset = request.getOffset();
    if (offset < 0 || offset > file.size()) {
      throw InvalidField.of("offset", offset, "0 to the file's size, " + file.size());
    }
    if (request.getLength() < 0) {
      throw InvalidField.of("length", request.getLength(), "0 or more");
    }
    long rest = file.size() - offset;
    return new Range(
        file, offset, request.getLength() == 0 ? rest : Math.min(request.getLength(), rest));
  }
}
