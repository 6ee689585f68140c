package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Handle;

/**
 * Takes jobs in: numbers them, writes them in the caller's transaction and hands them to the
 * scheduler when it has committed. Thread-safe.
 */
final class Intake {
  private final LiveJobs live;
  private final JobStore store;
  private final InstantSource clock;
  private final long incarnation;
  private final Days days;
  private final Queue<List<Long>> doubtful = new ConcurrentLinkedQueue<>();

  /**
   * @param incarnation of this server, which owns the jobs it takes in
   */
  Intake(LiveJobs live, JobStore store, InstantSource clock, long incarnation, Days days) {
    this.live = live;
    this.store = store;
    this.clock = clock;
    this.incarnation = incarnation;
    this.days = days;
  }

  /**
   * Writes jobs.
   *
   * @throws BacklogFullException when there would be too many
   */
  Enqueuer.Batch enqueue(Handle handle, List<NewJob> jobs) {
    return enqueue(handle, jobs, Collections.nCopies(jobs.size(), 0L), false);
  }

  /** Writes jobs that follow from one that was taken in long ago: no limit holds them up. */
  Enqueuer.Batch enqueueSuccessors(Handle handle, List<NewJob> jobs) {
    return enqueue(handle, jobs, Collections.nCopies(jobs.size(), 0L), true);
  }

  /**
   * Writes jobs in place of others.
   *
   * @param retryOf for every job the one it replaces
   */
  Enqueuer.Batch enqueueRetries(Handle handle, List<NewJob> jobs, List<Long> retryOf) {
    return enqueue(handle, jobs, retryOf, true);
  }

  private Enqueuer.Batch enqueue(
      Handle handle, List<NewJob> jobs, List<Long> retryOf, boolean unlimited) {
    if (jobs.isEmpty()) {
      return new Written(List.of());
    }
    List<Job> numbered = number(jobs);
    Set<Long> unknown = live.register(numbered, Map.of(), unlimited);
    boolean written = false;
    try {
      store.insert(handle, incarnation, numbered, retryOf);
      settle(handle, numbered, unknown);
      written = true;
    } finally {
      if (!written) {
        live.abandon(ids(numbered));
      }
    }
    return new Written(numbered);
  }

  private List<Job> number(List<NewJob> jobs) {
    // As precise as the database keeps it.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long first = days.next(jobs.size(), now);
    List<Job> numbered = new ArrayList<>(jobs.size());
    for (NewJob job : jobs) {
      numbered.add(
          new Job(
              first + numbered.size(),
              job.owner(),
              job.book(),
              job.kind(),
              job.mediaType(),
              job.tier(),
              job.firstChapter(),
              job.lastChapter(),
              job.after().stream().map(ref -> ref > 0 ? ref : first - ref - 1).toList(),
              now,
              job.terms()));
    }
    return numbered;
  }

  private void settle(Handle handle, List<Job> jobs, Set<Long> unknown) {
    if (unknown.isEmpty()) {
      return;
    }
    Map<Long, Boolean> ended = store.ended(handle, unknown);
    // Another server's, that have not ended: only these are looked for.
    Set<Long> open = new HashSet<>(unknown);
    open.removeAll(ended.keySet());
    Map<Long, UUID> owners = open.isEmpty() ? Map.of() : store.owners(handle, open);
    for (Job job : jobs) {
      for (long before : job.after()) {
        if (unknown.contains(before)) {
          Boolean succeeded = ended.get(before);
          if (succeeded == null) {
            if (!job.owner().equals(owners.get(before))) {
              throw new UnknownJobException(before);
            }
            live.run(scheduler -> scheduler.awaitElsewhere(job.id(), before));
          } else if (!succeeded) {
            live.run(scheduler -> scheduler.doom(job.id()));
          }
        }
      }
    }
  }

  /** Finds out the fate of transactions that may or may not have committed. */
  void settleDoubtful(Transactions transactions) {
    for (List<Long> batch = doubtful.peek(); batch != null; batch = doubtful.peek()) {
      List<Long> ids = batch;
      if (transactions.inTransaction(handle -> store.committed(handle, ids))) {
        commit(ids);
      } else {
        live.abandon(ids);
      }
      doubtful.remove(batch);
    }
  }

  /** Groups of jobs whose fate is not known. */
  int inDoubt() {
    return doubtful.size();
  }

  private void commit(List<Long> ids) {
    live.run(scheduler -> scheduler.commit(ids, clock.instant()));
  }

  private static List<Long> ids(List<Job> jobs) {
    return jobs.stream().map(Job::id).toList();
  }

  private final class Written implements Enqueuer.Batch {
    private final List<Job> jobs;

    Written(List<Job> jobs) {
      this.jobs = List.copyOf(jobs);
    }

    @Override
    public List<Job> jobs() {
      return jobs;
    }

    @Override
    public void committed() {
      commit(ids(jobs));
    }

    @Override
    public void abandoned() {
      if (!jobs.isEmpty()) {
        doubtful.add(ids(jobs));
      }
    }
  }
}
