package dev.scriptorium.fake;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.UploadBookResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Makes books of what was uploaded. A file that starts with {@code DRM} becomes a failed book; the
 * same bytes give the same book.
 */
final class FakeBooks {
  private FakeBooks() {}

  static UploadBookResponse of(FakeLibrary library, String fileName, byte[] content) {
    String name = "books/" + UUID.nameUUIDFromBytes(content);
    boolean duplicate = library.find(name).isPresent();
    Book book = library.find(name).orElseGet(() -> create(library, name, fileName, content));
    return UploadBookResponse.newBuilder().setBook(book).setDuplicate(duplicate).build();
  }

  private static Book create(FakeLibrary library, String name, String fileName, byte[] content) {
    Book.Builder book =
        Book.newBuilder()
            .setName(name)
            .setTitle(fileName.replaceFirst("\\.\\w+$", ""))
            .setFileName(fileName)
            .setSizeBytes(content.length)
            .setChapterCount(3)
            .setWordCount(1_000)
            .setState(Book.State.STATE_UPLOADED);
    if (new String(content, StandardCharsets.ISO_8859_1).startsWith("DRM")) {
      book.setState(Book.State.STATE_FAILED)
          .setFailure(
              Failure.newBuilder()
                  .setReason(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED)
                  .setMessage(fileName + " has too many entries")
                  .setLimit("entries=10000"));
    }
    library.put(book.build());
    return book.build();
  }
}
