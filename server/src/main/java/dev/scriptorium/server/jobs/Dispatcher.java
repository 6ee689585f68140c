package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.JobClass;
import dev.scriptorium.server.jobs.schedule.Reclaimed;
import dev.scriptorium.server.jobs.schedule.Standing;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.RunningAttempt;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Checkpoint;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Fail;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The queue as workers see it: who is connected and what they say of their attempts. Thread-safe;
 * what a worker says on one connection must come in order.
 */
public final class Dispatcher {
  private final LiveJobs live;
  private final Ledger ledger;
  private final InputFinder inputs;
  private final OutcomeStore outcomes;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Map<Long, WorkerLink> links = new ConcurrentHashMap<>();
  private final AtomicLong seats = new AtomicLong();

  Dispatcher(
      LiveJobs live,
      Ledger ledger,
      InputFinder inputs,
      OutcomeStore outcomes,
      Transactions transactions,
      InstantSource clock) {
    this.live = live;
    this.ledger = ledger;
    this.inputs = inputs;
    this.outcomes = outcomes;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Takes in a connected worker. It gets no offer before its first heartbeat.
   *
   * @param memoryBytes what it may use for attempts altogether; 0 when it is not known
   * @param held attempts it still runs, or whose end it has not seen acknowledged
   * @return number of the connection, never used twice
   */
  public long join(
      WorkerLink link,
      String worker,
      List<JobClass> abilities,
      long memoryBytes,
      List<AttemptId> held) {
    long seat = seats.incrementAndGet();
    links.put(seat, link);
    List<AttemptKey> keys = held.stream().map(WorkerReports::key).toList();
    Reclaimed reclaimed =
        live.change(s -> s.join(seat, worker, abilities, memoryBytes, keys, clock.instant()));
    boolean told = false;
    try {
      tellOf(keys, reclaimed, link);
      told = true;
    } finally {
      if (!told) {
        leave(seat);
      }
    }
    return seat;
  }

  /** A connected worker tells what it holds of servers that it cannot reach. */
  public void orphans(long seat, List<AttemptId> held) {
    WorkerLink link = links.get(seat);
    if (held.isEmpty() || link == null) {
      return;
    }
    List<AttemptKey> keys = held.stream().map(WorkerReports::key).toList();
    tellOf(keys, live.change(s -> s.reclaim(seat, keys, clock.instant())), link);
  }

  // Of an attempt that is neither in memory nor ended nothing can be said: it is another server's,
  // or will be inherited.
  private void tellOf(List<AttemptKey> held, Reclaimed reclaimed, long seat) {
    WorkerLink link = links.get(seat);
    if (link != null) {
      tellOf(held, reclaimed, link);
    }
  }

  // Of an attempt that is neither in memory nor ended nothing can be said: it is another server's,
  // or will be inherited.
  private void tellOf(List<AttemptKey> held, Reclaimed reclaimed, WorkerLink link) {
    reclaimed.adopted().forEach(link::adopted);
    List<AttemptKey> others = new ArrayList<>(held);
    others.removeAll(Set.copyOf(reclaimed.adopted()));
    if (others.isEmpty()) {
      return;
    }
    List<AttemptRef> refs = others.stream().map(AttemptRef::of).distinct().toList();
    Map<AttemptRef, Long> ended = transactions.inTransaction(h -> outcomes.tokens(h, refs));
    Set<AttemptKey> strange = Set.copyOf(reclaimed.strange());
    for (AttemptKey key : others) {
      Long token = ended.get(AttemptRef.of(key));
      if (token != null) {
        answer(link, key, token == key.token() ? Verdict.RECORDED : Verdict.FENCED);
      } else if (strange.contains(key)) {
        answer(link, key, Verdict.FENCED);
      }
    }
  }

  /** Lets a connection go; what runs there waits a while for its worker to come back. */
  public void leave(long seat) {
    links.remove(seat);
    live.run(s -> s.leave(seat, clock.instant()));
  }

  /**
   * Does several things at once; offers are made after the last. For what a worker says in one
   * breath, except how attempts have ended.
   */
  public void together(Runnable work) {
    live.together(work);
  }

  /** Sends what was gathered for the workers. */
  void flush() {
    links.values().forEach(WorkerLink::flush);
  }

  /** Notes what a worker would take now. */
  public void heartbeat(long seat, int freeSlots, long freeMemoryBytes) {
    live.run(s -> s.heartbeat(seat, freeSlots, freeMemoryBytes));
  }

  /** The worker has taken an offer. */
  public void accept(long seat, AttemptId id) {
    AttemptKey key = WorkerReports.key(id);
    fenceUnless(seat, key, live.change(s -> s.accept(seat, key, clock.instant())));
  }

  /** The worker has refused an offer. */
  public void decline(long seat, AttemptId id) {
    AttemptKey key = WorkerReports.key(id);
    live.run(s -> s.decline(seat, key, clock.instant()));
  }

  /** The worker has refused an offer because its room was taken meanwhile. */
  public void full(long seat, AttemptId id) {
    AttemptKey key = WorkerReports.key(id);
    live.run(s -> s.full(seat, key, clock.instant()));
  }

  /** The worker tells how far an attempt is. */
  public void progress(long seat, AttemptId id, int percent, String activity) {
    AttemptKey key = WorkerReports.key(id);
    String bounded = Texts.bounded(activity, Texts.NAME);
    int inRange = Math.clamp(percent, 0, 100);
    fenceUnless(seat, key, live.change(s -> s.progress(key, inRange, bounded)));
  }

  /**
   * The worker saves what the next attempt may go on from; of what comes quickly the last is kept.
   *
   * @throws IllegalArgumentException when it is too much
   */
  public void checkpoint(long seat, Checkpoint checkpoint) {
    if (checkpoint.getState().size() > Saved.MOST_BYTES) {
      throw new IllegalArgumentException("a checkpoint is at most 64 KiB");
    }
    AttemptKey key = WorkerReports.key(checkpoint.getId());
    Optional<Job> job = live.underWay(key) ? live.find(key.job()) : Optional.empty();
    fenceUnless(seat, key, job.isPresent());
    Saved saved = new Saved(AttemptRef.of(key), checkpoint.getState(), clock.instant());
    // When too much waits it is not kept: it only saves work.
    job.ifPresent(it -> ledger.submit(it, new Ledger.Save(saved)));
  }

  private void fenceUnless(long seat, AttemptKey key, boolean alive) {
    if (!alive) {
      answer(seat, key, Verdict.FENCED);
    }
  }

  /**
   * The worker reports success; it is answered when that is committed. It takes the offer if that
   * is still open.
   *
   * @return false when too much waits to be written: the worker has to say it again later
   * @throws IllegalArgumentException when the message breaks the protocol
   */
  public boolean complete(long seat, String worker, Complete complete) {
    AttemptKey key = WorkerReports.key(complete.getId());
    live.look(
        s -> {
          s.done(seat, key, clock.instant());
          return s;
        });
    return report(seat, complete.getId(), WorkerReports.of(complete, worker));
  }

  /**
   * The worker reports that an attempt has not succeeded; it is answered when that is committed.
   *
   * @return false when too much waits to be written: the worker has to say it again later
   * @throws IllegalArgumentException when the message breaks the protocol
   */
  public boolean fail(long seat, String worker, Fail fail) {
    return report(seat, fail.getId(), WorkerReports.of(fail, worker));
  }

  private boolean report(long seat, AttemptId id, Report report) {
    AttemptKey key = WorkerReports.key(id);
    Optional<Job> job = live.find(key.job());
    if (job.isPresent()) {
      return ledger.submit(
          job.get(), new Ledger.End(report, verdict -> answer(seat, key, verdict)));
    }
    tellOf(List.of(key), new Reclaimed(List.of(), List.of(), List.of(key)), seat);
    return true;
  }

  private void answer(long seat, AttemptKey key, Verdict verdict) {
    WorkerLink link = links.get(seat);
    if (link != null) {
      answer(link, key, verdict);
    }
  }

  private static void answer(WorkerLink link, AttemptKey key, Verdict verdict) {
    switch (verdict) {
      case RECORDED -> link.acknowledged(key);
      case FENCED -> link.fenced(key);
    }
  }

  /** What an attempt reads; empty when it is not, or no longer, under way. */
  public Optional<AttemptInputs> inputs(AttemptId id) {
    return isUnderWay(id) ? live.find(id.getJob()).flatMap(inputs::of) : Optional.empty();
  }

  /** True while an attempt may read its inputs and store results. */
  public boolean isUnderWay(AttemptId id) {
    return live.underWay(WorkerReports.key(id));
  }

  /** What runs on a connection, the oldest first. */
  public List<RunningAttempt> attempts(long seat) {
    return live.look(s -> s.attempts(seat)).stream()
        .sorted(Comparator.comparing(Standing::since))
        .map(this::running)
        .toList();
  }

  private RunningAttempt running(Standing standing) {
    return RunningAttempt.newBuilder()
        .setJob(JobName.of(standing.job()))
        .setAttempt(standing.attempt())
        .setKind(live.find(standing.job()).map(Job::kind).orElse(""))
        .setPercent(standing.percent())
        .setActivity(standing.activity())
        .setStartTime(WireTime.of(standing.since()))
        .setMemoryBytes(standing.memoryBytes())
        .build();
  }

  /** How to speak to a connected worker. */
  Optional<WorkerLink> link(long seat) {
    return Optional.ofNullable(links.get(seat));
  }
}
