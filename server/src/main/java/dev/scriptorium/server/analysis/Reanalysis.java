package dev.scriptorium.server.analysis;

import dev.scriptorium.server.analysis.ReanalysisStore.State;
import dev.scriptorium.server.catalog.BookWatch;
import dev.scriptorium.server.catalog.result.AnalysisChoiceStore;
import dev.scriptorium.server.catalog.result.AnalysisJobs;
import dev.scriptorium.server.catalog.result.StageStore;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.Enqueuer;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.Terms;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.ReanalyzeBookResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lets a book be analyzed once more. Thread-safe. */
public final class Reanalysis {
  private static final ReanalyzeBookResponse UNDER_WAY = ReanalyzeBookResponse.getDefaultInstance();

  private final Database database;
  private final Enqueuer enqueuer;
  private final BookWatch watch;
  private final InstantSource clock;
  private final StageStore stages;
  private final ReanalysisStore store = new ReanalysisStore();
  private final AnalysisChoiceStore choices = new AnalysisChoiceStore();

  /**
   * @param database transactions of the role scriptorium_api
   * @param enqueuer takes the jobs
   * @param watch wakes those who watch the book
   */
  public Reanalysis(Database database, Enqueuer enqueuer, BookWatch watch, InstantSource clock) {
    this.database = database;
    this.enqueuer = enqueuer;
    this.watch = watch;
    this.clock = clock;
    this.stages = new StageStore(clock);
  }

  /** Starts an analysis, unless one is under way. */
  ReanalyzeBookResponse start(UUID owner, ReanalyzeBookRequest request) {
    UUID book = BookName.parse("name", request.getName()).id();
    Start start = new Start(owner, book);
    try {
      ReanalyzeBookResponse response = database.inTransaction(owner, start::run);
      start.committed();
      return response;
    } finally {
      start.abandonUnlessCommitted();
      watch.bookChanged(book);
    }
  }

  /** The one transaction of a start. */
  private final class Start {
    private final UUID owner;
    private final UUID book;
    private Enqueuer.@Nullable Batch batch;

    Start(UUID owner, UUID book) {
      this.owner = owner;
      this.book = book;
    }

    ReanalyzeBookResponse run(Handle handle) {
      if (!store.touch(handle, owner, book, clock.instant())) {
        throw new BookName(book).missing();
      }
      State state = store.state(handle, owner, book).orElseThrow(new BookName(book)::missing);
      if (!state.parsed()) {
        throw unreadable();
      }
      return state.running() ? UNDER_WAY : enqueue(handle, state);
    }

    private ReanalyzeBookResponse enqueue(Handle handle, State state) {
      Terms terms =
          Terms.reading(state.sizeBytes()).withPayload(choices.load(handle, owner).payload());
      List<Integer> words = store.words(handle, owner, book);
      List<NewJob> jobs = AnalysisJobs.of(owner, book, state.mediaType(), terms, words);
      if (!jobs.isEmpty()) {
        stages.startSlices(handle, owner, book, AnalysisJobs.slices(jobs));
        batch = enqueuer.enqueue(handle, jobs);
      }
      return ReanalyzeBookResponse.newBuilder()
          .setStarted(!jobs.isEmpty())
          .setJobs(jobs.size())
          .build();
    }

    private ApiException unreadable() {
      String name = new BookName(book).toString();
      return new ApiException(
          ErrorReason.ERROR_REASON_BOOK_NOT_READABLE,
          name + " is not taken apart yet, or this has failed; there is nothing to analyze",
          Map.of("book", name));
    }

    void committed() {
      Enqueuer.Batch jobs = batch;
      batch = null;
      if (jobs != null) {
        jobs.committed();
      }
    }

    void abandonUnlessCommitted() {
      Enqueuer.Batch jobs = batch;
      if (jobs != null) {
        jobs.abandoned();
      }
    }
  }
}
