package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.catalog.result.EditionStore.Edition;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.reading.BookText;
import dev.scriptorium.server.reading.MovedPlaces;
import dev.scriptorium.server.reading.MovedPlaces.Moved;
import dev.scriptorium.server.reading.MovedPlaces.Text;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keeps readers where they are when a book gets another text: by another parser, or from another
 * file. Thread-safe.
 */
final class Editions {
  private static final Moved NOBODY = new Moved(0, 0);
  // In memory while they are searched, the old text and the new one.
  private static final long MAX_SEARCHED = 32_000_000;

  private final BookText texts;
  private final EditionStore store = new EditionStore();
  private final MovedPlaces places = new MovedPlaces();

  Editions(BookText texts) {
    this.texts = texts;
  }

  /**
   * What there was before a result is applied.
   *
   * @param edition empty when the book had no text
   * @param text where readers are; without chapters when nobody is anywhere
   */
  record Before(Optional<Edition> edition, Text text, boolean read) {}

  /** To be asked before anything of the book is touched. */
  Before before(Handle handle, Job job) throws IOException {
    Optional<Edition> edition = store.present(handle, job);
    long length = edition.map(Edition::codePoints).orElse(0L);
    boolean read = edition.isPresent() && places.any(handle, job.book());
    List<String> chapters = read ? chapters(handle, job, length) : List.of();
    return new Before(edition, new Text(chapters, length), read);
  }

  /**
   * To be called when all of the new text is written.
   *
   * @param pack SHA-256 of what holds it
   * @param codePoints its length
   */
  Moved after(Handle handle, Job job, Before before, String pack, long codePoints, Instant now)
      throws IOException {
    Optional<Edition> ended = before.edition().filter(edition -> !edition.pack().equals(pack));
    if (ended.isEmpty()) {
      return NOBODY;
    }
    store.end(handle, job, ended.get(), now);
    store.forgetFindings(handle, job);
    if (!before.read()) {
      return NOBODY;
    }
    Text after = new Text(chapters(handle, job, codePoints), codePoints);
    return places.move(handle, job.book(), before.text(), after, now);
  }

  private List<String> chapters(Handle handle, Job job, long length) throws IOException {
    if (length > MAX_SEARCHED) {
      return List.of();
    }
    try {
      return texts.chapters(handle, job.owner(), job.book());
    } catch (NoSuchFileException e) {
      // A text that is lost cannot be searched; places keep their proportion.
      return List.of();
    }
  }
}
