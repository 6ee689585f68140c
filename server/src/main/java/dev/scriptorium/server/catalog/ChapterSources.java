package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.worker.v1.ChapterContent;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/** Hands out how books are made up, and what their chapters were made from. Thread-safe. */
public final class ChapterSources {
  private final Database database;
  private final Packs packs;
  private final ShapeStore store = new ShapeStore();

  /**
   * @param database transactions of the role scriptorium_api
   * @param cache keeps unpacked chapters
   */
  public ChapterSources(Database database, BlobStore blobs, Cache cache) {
    this.database = database;
    this.packs = new Packs(blobs, cache);
  }

  /**
   * The shape of a book that the caller may read, in one statement.
   *
   * @throws ApiException BOOK_NOT_FOUND, or BOOK_NOT_READABLE when it has not been taken apart
   */
  public BookShape shape(UUID caller, UUID book) {
    BookShape shape =
        database.inTransaction(
            caller,
            handle -> store.find(handle, caller, book).orElseThrow(new BookName(book)::missing));
    if (shape.chapters().isEmpty()) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_BOOK_NOT_READABLE,
          "the book has not been taken apart, or this has failed",
          Map.of("book", new BookName(book).toString()));
    }
    return shape;
  }

  /**
   * Text and source map of a chapter.
   *
   * @throws IOException when its pack cannot be read
   */
  public ChapterContent content(BookShape.Chapter chapter) throws IOException {
    return packs.keptChapter(
        new PieceStore.Piece(
            "", "", chapter.pack(), chapter.packOffset(), chapter.packLength(), ""));
  }
}
