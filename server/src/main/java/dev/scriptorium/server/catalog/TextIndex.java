package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.catalog.TextStore.Queued;
import dev.scriptorium.server.catalog.TextStore.Source;
import dev.scriptorium.server.catalog.TextStore.Stretch;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobListener;
import dev.scriptorium.v1.Job.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Indexes the texts of parsed books, one after the other, a moment after they can be read: cutting
 * a novel into words takes longer than all else that is done when its parse is applied, and nothing
 * that is being read should wait for it. What the text is known by, to find other editions of it,
 * is kept on the way, and so are the words of titles. The queues are in the database, so that
 * nothing is forgotten. Thread-safe.
 */
public final class TextIndex implements JobListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TextIndex.class);
  // Of titles, and of texts.
  private static final Set<String> NEWS = Set.of("inspect", "parse");
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration END_TIMEOUT = Duration.ofSeconds(5);
  // Postgres keeps the places of some 16,000 words of one text.
  private static final int STRETCH_CODE_POINTS = 50_000;
  private static final int BATCH_CODE_POINTS = 400_000;

  private final Database database;
  private final Packs packs;
  private final TextStore store = new TextStore();
  private final SketchStore sketches = new SketchStore();
  private final TitleWordStore titles = new TitleWordStore();
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("text-index").unstarted(this::run);
  private volatile boolean closed;

  /**
   * @param database transactions of the role scriptorium_scheduler
   */
  public TextIndex(Database database, BlobStore blobs, Cache cache) {
    this.database = database;
    this.packs = new Packs(blobs, cache);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  @Override
  public void changed(Job job, State state, int percent, String activity) {
    if (state == State.STATE_SUCCEEDED && NEWS.contains(job.kind())) {
      wake.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    wake.release();
    try {
      thread.join(END_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        if (!tryNext()) {
          boolean _ = wake.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tryNext() {
    try {
      boolean more = takeUpTitles();
      return indexNext() || more;
    } catch (RuntimeException e) {
      LOG.warn("texts are not indexed, will try again: {}", e.toString());
      return false;
    }
  }

  /** Takes up some titles; false when none waits. */
  boolean takeUpTitles() {
    return database.inTransaction(titles::takeUp);
  }

  /** Indexes one book; false when none waits. */
  boolean indexNext() {
    return database.inTransaction(
        handle -> {
          Optional<Queued> book = store.next(handle);
          if (book.isEmpty()) {
            return false;
          }
          index(handle, book.get());
          store.done(handle, book.get());
          return true;
        });
  }

  private void index(Handle handle, Queued book) {
    store.delete(handle, book);
    TextSketch sketch = new TextSketch();
    List<Stretch> batch = new ArrayList<>();
    int size = 0;
    for (Source chapter : store.chapters(handle, book)) {
      for (Stretch stretch : stretches(book, chapter)) {
        batch.add(stretch);
        sketch.add(stretch.text());
        size += stretch.end() - stretch.start();
        if (size >= BATCH_CODE_POINTS) {
          store.insert(handle, book, batch);
          batch.clear();
          size = 0;
        }
      }
    }
    if (!batch.isEmpty()) {
      store.insert(handle, book, batch);
    }
    sketches.put(handle, book, sketch);
  }

  private List<Stretch> stretches(Queued book, Source chapter) {
    try {
      return stretches(chapter, packs.chapter(chapter.content()).getText());
    } catch (IOException e) {
      // Whoever reads the chapter meets the same error; the others can be found.
      LOG.warn("chapter {} of book {} is not indexed", chapter.ordinal(), book.book(), e);
      return List.of();
    }
  }

  /** Pieces of a text that end with a paragraph where one ends in time. */
  static List<Stretch> stretches(Source chapter, String text) {
    List<Stretch> stretches = new ArrayList<>();
    int start = 0;
    int from = 0;
    while (from < text.length()) {
      int to = end(text, from);
      int length = text.codePointCount(from, to);
      String piece = text.substring(from, to).replace('\0', ' ');
      stretches.add(
          new Stretch(chapter.ordinal(), start, start + length, chapter.language(), piece));
      start += length;
      from = to;
    }
    return stretches;
  }

  private static int end(String text, int from) {
    int rest = text.length() - from;
    if (rest <= STRETCH_CODE_POINTS
        || text.codePointCount(from, text.length()) <= STRETCH_CODE_POINTS) {
      return text.length();
    }
    int latest = text.offsetByCodePoints(from, STRETCH_CODE_POINTS);
    int paragraph = text.lastIndexOf("\n\n", latest - 2);
    return paragraph > from ? paragraph + 2 : latest;
  }
}
