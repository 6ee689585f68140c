package dev.scriptorium.server.catalog;

import com.google.protobuf.UnsafeByteOperations;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.catalog.PieceStore.Piece;
import dev.scriptorium.server.catalog.PieceStore.StoredChapter;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.Cover;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetChapterRequest.Content;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListChaptersResponse;
import dev.scriptorium.worker.v1.ChapterContent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What can be read of a book: chapters and cover. Thread-safe. */
public final class Chapters {
  private static final int MAX_COVER_BYTES = 1 << 20;

  private final Database database;
  private final Packs packs;
  private final CachedBooks cached;
  private final BookStore books = new BookStore();
  private final PieceStore pieces = new PieceStore();

  /**
   * @param database transactions of the role scriptorium_api
   * @param cached keeps chapters that were read
   */
  public Chapters(Database database, BlobStore blobs, Cache cache, CachedBooks cached) {
    this.database = database;
    this.cached = cached;
    this.packs = new Packs(blobs, cache);
  }

  /** A page of chapters in reading order, without their text. */
  ListChaptersResponse list(UUID owner, ListChaptersRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    int size = PageSize.of(request.getPageSize());
    String list = "ListChapters " + owner + " " + book;
    long after = after(request.getPageToken(), list);
    List<Chapter> found =
        database.inTransaction(
            owner,
            handle -> {
              requireBook(handle, owner, book);
              return pieces.list(handle, owner, book, after, size + 1);
            });
    Page<Chapter> page = Page.of(found, size);
    ListChaptersResponse.Builder response =
        ListChaptersResponse.newBuilder().addAllChapters(page.items());
    if (page.more()) {
      int last = BookName.parseChapter("name", page.items().getLast().getName()).ordinal();
      response.setNextPageToken(PageToken.of(Integer.toString(last)).encode(list));
    }
    return response.build();
  }

  /**
   * One chapter with what was asked for.
   *
   * @throws IOException when its pack cannot be read
   */
  Chapter get(UUID owner, GetChapterRequest request) throws IOException {
    BookName.Chapter name = BookName.parseChapter("name", request.getName());
    Content content =
        request.getContent() == Content.CONTENT_UNSPECIFIED
            ? Content.CONTENT_TEXT
            : request.getContent();
    return cached.chapter(owner, name, content, () -> load(owner, name, content));
  }

  private Chapter load(UUID owner, BookName.Chapter name, Content wanted) throws IOException {
    StoredChapter found = database.inTransaction(owner, handle -> find(handle, owner, name));
    ChapterContent content = packs.chapter(found.content());
    Chapter.Builder chapter = found.chapter().toBuilder();
    // As bytes: nobody here looks at the characters.
    if (wanted != Content.CONTENT_HTML) {
      chapter.setTextBytes(content.getTextBytes());
    }
    if (wanted == Content.CONTENT_HTML || wanted == Content.CONTENT_BOTH) {
      chapter.setHtmlBytes(content.getHtmlBytes());
    }
    return chapter.build();
  }

  /**
   * The cover in the size asked for, or in the next one that is there and not too large.
   *
   * @throws IOException when its pack cannot be read
   */
  Cover cover(UUID owner, GetCoverRequest request) throws IOException {
    UUID book = BookName.parse("name", request.getName()).id();
    List<Piece> covers =
        database.inTransaction(
            owner,
            handle -> {
              requireBook(handle, owner, book);
              return pieces.covers(handle, owner, book);
            });
    Piece cover = choose(covers, request.getSize()).orElseThrow(() -> noCover(book));
    return Cover.newBuilder()
        .setMediaType(cover.mediaType())
        .setData(UnsafeByteOperations.unsafeWrap(packs.picture(cover)))
        .setEtag("\"" + cover.sha256() + "\"")
        .build();
  }

  private static Optional<Piece> choose(List<Piece> covers, GetCoverRequest.Size size) {
    Stream<String> wanted =
        switch (size) {
          case SIZE_SMALL -> Stream.of("cover-small", "cover-large", "cover");
          case SIZE_LARGE -> Stream.of("cover-large", "cover", "cover-small");
          case SIZE_ORIGINAL, SIZE_UNSPECIFIED, UNRECOGNIZED ->
              Stream.of("cover", "cover-large", "cover-small");
        };
    return wanted
        .flatMap(name -> covers.stream().filter(cover -> cover.name().equals(name)))
        .filter(cover -> cover.length() <= MAX_COVER_BYTES)
        .findFirst();
  }

  private StoredChapter find(Handle handle, UUID owner, BookName.Chapter name) {
    return pieces
        .find(handle, owner, name.book(), name.ordinal())
        .orElseThrow(
            () -> {
              requireBook(handle, owner, name.book());
              return noChapter(name);
            });
  }

  private void requireBook(Handle handle, UUID owner, UUID book) {
    if (!books.exists(handle, owner, book)) {
      throw new BookName(book).missing();
    }
  }

  private static ApiException noChapter(BookName.Chapter name) {
    return new ApiException(
        ErrorReason.ERROR_REASON_CHAPTER_NOT_FOUND,
        "there is no chapter " + name + ", or the book is not parsed yet",
        Map.of("chapter", name.toString()));
  }

  private static ApiException noCover(UUID book) {
    return new ApiException(
        ErrorReason.ERROR_REASON_COVER_NOT_FOUND,
        "the book has no cover, or is not inspected yet",
        Map.of("book", new BookName(book).toString()));
  }

  private static long after(String token, String list) {
    return token.isEmpty() ? 0 : PageToken.decode(token, list).number(0);
  }
}
