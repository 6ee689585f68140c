package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.WarmStore.Place;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobListener;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.v1.View;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what will be asked for before anybody does, so that the first to ask does not wait: after a
 * start, where readers are in the books that were read most of late; and the first chapter of a
 * book when a job of it has ended and no other runs here. One thing after the other, and nothing
 * waits for it. Thread-safe.
 */
public final class Warming implements JobListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Warming.class);
  private static final int BOOKS_AT_START = 200;
  private static final int FIRST_CHAPTER = 1;
  private static final Place END = new Place(new UUID(0, 0), new UUID(0, 0), 0);
  // What is more than this was not worth the while: somebody has asked for it by now.
  private static final int WAITING = 256;
  private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

  private final Database database;
  private final BookWatch watch;
  private final WarmStore store = new WarmStore();
  private final BlockingQueue<Place> waiting = new ArrayBlockingQueue<>(WAITING);
  private volatile boolean closed;
  private @Nullable Thread thread;

  /**
   * @param database transactions of the role scriptorium_scheduler
   * @param watch hears of jobs before this does
   */
  public Warming(Database database, BookWatch watch) {
    this.database = database;
    this.watch = watch;
  }

  /**
   * Begins. For one use.
   *
   * @param catalog keeps the books that it gives
   * @param chapters keeps the chapters that it gives
   */
  public void start(Catalog catalog, Chapters chapters) {
    thread =
        Thread.ofVirtual()
            .name("warming")
            .start(
                () -> {
                  readMost(catalog, chapters);
                  readNext(catalog, chapters);
                });
  }

  @Override
  public void changed(Job job, State state, int percent, String activity) {
    // Every job that ends takes what was kept of its book along.
    if (state == State.STATE_SUCCEEDED && job.hasBook() && watch.live(job.book()).isEmpty()) {
      boolean _ = waiting.offer(new Place(job.owner(), job.book(), FIRST_CHAPTER));
    }
  }

  @Override
  public void close() {
    // Not by an interrupt: that would cost a connection to the database.
    closed = true;
    waiting.clear();
    boolean _ = waiting.offer(END);
    try {
      if (thread != null) {
        thread.join(END_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readMost(Catalog catalog, Chapters chapters) {
    try {
      List<Place> places = database.inTransaction(handle -> store.readMost(handle, BOOKS_AT_START));
      for (Place place : places) {
        if (closed) {
          return;
        }
        read(place, catalog, chapters);
      }
      LOG.debug("{} places are warm", places.size());
    } catch (RuntimeException e) {
      LOG.info("the cache begins cold: {}", e.toString());
    }
  }

  private void readNext(Catalog catalog, Chapters chapters) {
    try {
      for (Place next = waiting.take(); !closed; next = waiting.take()) {
        read(next, catalog, chapters);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void read(Place place, Catalog catalog, Chapters chapters) {
    try {
      catalog.get(place.reader(), place.book(), View.VIEW_FULL);
      String chapter = new BookName.Chapter(place.book(), place.chapter()).toString();
      chapters.get(place.reader(), GetChapterRequest.newBuilder().setName(chapter).build());
    } catch (IOException | RuntimeException e) {
      // It is gone, or has no text yet, or the database is away: whoever asks is told.
      LOG.debug("{} stays cold: {}", place, e.toString());
    }
  }
}
