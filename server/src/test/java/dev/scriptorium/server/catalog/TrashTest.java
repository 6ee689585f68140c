package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DownloadBookRequest;
import dev.scriptorium.v1.DownloadBookResponse;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.PurgeBookRequest;
import dev.scriptorium.v1.UndeleteBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TrashTest {
  private static final String TEXT = "0123456789".repeat(60_000);

  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private Book book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book = library.upload(owner, TEXT);
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aDeletionIsTakenBack() {
    delete();

    Book back = undelete();

    assertThat(back.hasDeleteTime()).isFalse();
    assertThat(get().hasDeleteTime()).isFalse();
    assertThat(undelete().getEtag()).isEqualTo(back.getEtag());
    assertThat(library.upload(owner, TEXT).getName()).isEqualTo(book.getName());
  }

  @Test
  void aDeletionIsNotTakenBackWhenTheFileIsThereAgain() {
    delete();
    Book second = library.upload(owner, TEXT);

    Refusal refusal = Refusal.of(this::undelete);

    assertThat(refusal.reason()).isEqualTo("BOOK_EXISTS");
    assertThat(refusal.metadata()).containsEntry("book", second.getName());
  }

  @Test
  void onlyADeletedBookIsPurgedAndThenItIsGone() {
    library
        .reading(owner)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(book.getName() + "/progress")
                .setDevice("phone")
                .build());
    assertThat(Refusal.of(this::purge).reason()).isEqualTo("BOOK_NOT_FOUND");
    delete();
    assertThat(get().hasDeleteTime()).isTrue();

    purge();

    assertThat(Refusal.of(this::get).reason()).isEqualTo("BOOK_NOT_FOUND");
  }

  @Test
  void deletedBooksArePurgedWhenTheirTimeHasCome() {
    delete();
    Trash trash = new Trash(database.scheduler(), library.cached, library.clock);
    assertThat(trash.purgeDue()).isZero();

    library.clock.advance(Duration.ofDays(31));

    // Others that were deleted in this database go along.
    assertThat(trash.purgeDue()).isPositive();
    assertThat(Refusal.of(this::get).reason()).isEqualTo("BOOK_NOT_FOUND");
  }

  @Test
  void aFileComesBackAsItWasUploadedWholeOrInPart() {
    assertThat(download(0, 0).toStringUtf8()).isEqualTo(TEXT);
    assertThat(download(300_000, 7).toStringUtf8()).isEqualTo(TEXT.substring(300_000, 300_007));
    assertThat(download(TEXT.length(), 0)).isEmpty();
    assertThat(Refusal.of(() -> download(TEXT.length() + 1, 0)).metadata())
        .containsEntry("field", "offset");
  }

  private ByteString download(long offset, long length) {
    Iterator<DownloadBookResponse> parts =
        library
            .catalog(owner)
            .downloadBook(
                DownloadBookRequest.newBuilder()
                    .setName(book.getName())
                    .setOffset(offset)
                    .setLength(length)
                    .build());
    var header = parts.next().getHeader();
    assertThat(header.getSha256()).isEqualTo(book.getSha256());
    assertThat(header.getSizeBytes()).isEqualTo(TEXT.length());
    ByteString.Output bytes = ByteString.newOutput();
    parts.forEachRemaining(part -> part.getChunk().forEach(b -> bytes.write(b)));
    assertThat(bytes.size()).isEqualTo((int) header.getLength());
    return bytes.toByteString();
  }

  private void delete() {
    library
        .catalog(owner)
        .deleteBook(DeleteBookRequest.newBuilder().setName(book.getName()).build());
  }

  private Book undelete() {
    return library
        .catalog(owner)
        .undeleteBook(UndeleteBookRequest.newBuilder().setName(book.getName()).build());
  }

  private Book get() {
    return library
        .catalog(owner)
        .getBook(GetBookRequest.newBuilder().setName(book.getName()).build());
  }

  private void purge() {
    var _ =
        library
            .catalog(owner)
            .purgeBook(PurgeBookRequest.newBuilder().setName(book.getName()).build());
  }
}
