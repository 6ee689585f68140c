package dev.scriptorium.loadtest.catalog;

import dev.scriptorium.v1.BatchGetBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CatalogGrpc.CatalogBlockingStub;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DownloadBookRequest;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.PurgeBookRequest;
import dev.scriptorium.v1.ReadingGrpc.ReadingBlockingStub;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.UndeleteBookRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.View;
import java.util.UUID;

/** Calls everything that a reader calls, with one book. */
final class Exercise {
  private final CatalogBlockingStub catalog;
  private final ReadingBlockingStub reading;

  Exercise(CatalogBlockingStub catalog, ReadingBlockingStub reading) {
    this.catalog = catalog;
    this.reading = reading;
  }

  /** Reads a book with a pack, and all lists. */
  void read(UUID id, String token) {
    String book = "books/" + id;
    for (View view : new View[] {View.VIEW_BASIC, View.VIEW_FULL}) {
      require(catalog.getBook(GetBookRequest.newBuilder().setName(book).setView(view).build()));
      for (int size : new int[] {1, 50, 1000}) {
        ListBooksRequest.Builder page =
            ListBooksRequest.newBuilder().setView(view).setPageSize(size);
        require(catalog.listBooks(page.build()));
        require(catalog.listBooks(page.setPageToken(token).build()));
        require(catalog.listBooks(page.clearPageToken().setShowDeleted(true).build()));
      }
    }
    require(catalog.listChapters(ListChaptersRequest.newBuilder().setParent(book).build()));
    require(
        catalog.getChapter(GetChapterRequest.newBuilder().setName(book + "/chapters/3").build()));
    require(catalog.batchGetBooks(BatchGetBooksRequest.newBuilder().addNames(book).build()));
    for (String query : new String[] {"shadow wint", "lantrn forest", "o", "nocturne 77"}) {
      require(catalog.searchBooks(SearchBooksRequest.newBuilder().setQuery(query).build()));
    }
    for (String parent : new String[] {book, "books/-"}) {
      for (int word : new int[] {3, 900}) {
        require(
            catalog.searchText(
                SearchTextRequest.newBuilder()
                    .setParent(parent)
                    .setQuery(ReadableLibrary.word(word))
                    .build()));
      }
    }
    require(
        reading.getProgress(GetProgressRequest.newBuilder().setName(book + "/progress").build()));
  }

  /** Changes a book, and removes it for good. */
  void change(UUID id) {
    String book = "books/" + id;
    for (int base = 0; base < 2; base++) {
      require(
          reading.updateProgress(
              UpdateProgressRequest.newBuilder()
                  .setName(book + "/progress")
                  .setDevice("device " + base)
                  .setOffset(base)
                  .setRequestId(UUID.randomUUID().toString())
                  .build()));
    }
    require(
        catalog.updateBook(
            UpdateBookRequest.newBuilder()
                .setBook(Book.newBuilder().setName(book).setTitle("New"))
                .build()));
    // The first message holds what the database knows; the file itself is not there.
    require(catalog.downloadBook(DownloadBookRequest.newBuilder().setName(book).build()).next());
    require(catalog.deleteBook(DeleteBookRequest.newBuilder().setName(book).build()));
    require(catalog.undeleteBook(UndeleteBookRequest.newBuilder().setName(book).build()));
    require(catalog.deleteBook(DeleteBookRequest.newBuilder().setName(book).build()));
    require(catalog.purgeBook(PurgeBookRequest.newBuilder().setName(book).build()));
  }

  private static void require(Object answer) {
    if (answer == null) {
      throw new IllegalStateException("no answer");
    }
  }
}
