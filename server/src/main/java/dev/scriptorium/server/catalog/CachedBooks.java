package dev.scriptorium.server.catalog;

import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.cache.CacheKey;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobListener;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.CacheTags;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.v1.View;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Keeps books and what is known of their chapters, until they change. Thread-safe. */
public final class CachedBooks implements JobListener {
  private final Cache cache;

  /** Keeps them there. */
  public CachedBooks(Cache cache) {
    this.cache = cache;
  }

  /** A book as one caller sees it, with the caller's progress. */
  Book book(UUID caller, UUID book, View view, Supplier<Book> loader) {
    List<String> tags = List.of(CacheTags.book(book), CacheTags.progress(caller, book));
    CacheKey key = new CacheKey("book", caller + ":" + book + ":" + view.getNumber(), tags);
    return cache.get(key, Book.parser(), loader::get);
  }

  /**
   * A chapter as one caller sees it.
   *
   * @throws IOException what the loader throws
   */
  Chapter chapter(
      UUID caller,
      BookName.Chapter chapter,
      GetChapterRequest.Content content,
      Cache.Loader<Chapter, IOException> loader)
      throws IOException {
    String id = caller + ":" + chapter.book() + ":" + chapter.ordinal() + ":" + content.getNumber();
    CacheKey key = new CacheKey("chapter", id, List.of(CacheTags.book(chapter.book())));
    return cache.get(key, Chapter.parser(), loader);
  }

  /** The books, or who may read them, have changed, and the change is committed. */
  public void changed(Collection<UUID> books) {
    cache.changed(books.stream().map(CacheTags::book).toList());
  }

  @Override
  public void changed(Job job, State state, int percent, String activity) {
    // What a running job has found is not committed yet.
    if (job.hasBook() && state != State.STATE_RUNNING) {
      changed(List.of(job.book()));
    }
  }
}
