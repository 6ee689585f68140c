package dev.scriptorium.server.catalog;

import dev.scriptorium.server.jobs.Enqueuer;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps jobs in lists and runs none. */
public final class FakeEnqueuer implements Enqueuer {
  /** Jobs whose transaction has committed. */
  public final List<Job> committed = new CopyOnWriteArrayList<>();

  /** Jobs whose transaction has not. */
  public final List<Job> abandoned = new CopyOnWriteArrayList<>();

  /** Books whose jobs were cancelled. */
  public final List<UUID> cancelled = new CopyOnWriteArrayList<>();

  /** Thrown by the next call when set. */
  public volatile @Nullable RuntimeException refusal;

  private final AtomicLong ids = new AtomicLong();
  private final InstantSource clock;

  /** Jobs are made when this says so. */
  public FakeEnqueuer(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Batch enqueue(Handle handle, List<NewJob> jobs) {
    RuntimeException thrown = refusal;
    if (thrown != null) {
      throw thrown;
    }
    List<Job> made = new ArrayList<>();
    for (NewJob job : jobs) {
      List<Long> after =
          job.after().stream().map(id -> id > 0 ? id : made.get((int) (-id - 1)).id()).toList();
      made.add(
          new Job(
              ids.incrementAndGet(),
              job.owner(),
              job.book(),
              job.kind(),
              job.mediaType(),
              job.tier(),
              job.firstChapter(),
              job.lastChapter(),
              after,
              clock.instant(),
              job.terms()));
    }
    return new Made(made);
  }

  @Override
  public void cancelBook(UUID book) {
    cancelled.add(book);
  }

  private final class Made implements Batch {
    private final List<Job> jobs;

    Made(List<Job> jobs) {
      this.jobs = List.copyOf(jobs);
    }

    @Override
    public List<Job> jobs() {
      return jobs;
    }

    @Override
    public void committed() {
      committed.addAll(jobs);
    }

    @Override
    public void abandoned() {
      abandoned.addAll(jobs);
    }
  }
}
