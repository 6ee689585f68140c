package dev.scriptorium.server.catalog;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.View;
import java.util.List;
import java.util.UUID;

/**
 * A book as the database has it.
 *
 * @param id its id
 * @param revision counts its changes
 * @param deleted true when it waits to be purged
 * @param content everything but stages, warnings and contents
 * @param stages tiers of which something is known
 */
record StoredBook(UUID id, long revision, boolean deleted, Book content, List<StageFact> stages) {
  /** Copies the list. */
  StoredBook {
    stages = List.copyOf(stages);
  }

  /** How far its import is. */
  ImportState state(List<LiveJob> live) {
    return new ImportState(stages, live);
  }

  /** The message of the API; what FULL adds from other tables is up to the caller. */
  Book.Builder message(View view, List<LiveJob> live) {
    Book.Builder book = content.toBuilder();
    state(live).describe(book);
    if (view != View.VIEW_FULL) {
      book.clearDescription().clearSubjects().clearIdentifiers().clearLockedFields();
    }
    return book;
  }
}
