package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the jobs that have not ended and of the connected workers, and every rule on both.
 * After any call, {@link #match} and then {@link #effects} say what is to be done. Not thread-safe.
 */
public final class Scheduler extends SchedulerView {
  private static final int NOT_BEGUN = 2;

  private final Attempts attempts;
  private final Workers workers;
  private final Matcher matcher;
  private boolean offering = true;

  /**
   * @param retry what follows an attempt's end
   * @param patience how long to wait for workers
   * @param tokens random numbers, never 0
   */
  public Scheduler(Retry retry, Patience patience, LongSupplier tokens) {
    super(new Board(patience, tokens));
    attempts = new Attempts(board, retry);
    workers = new Workers(board);
    matcher = new Matcher(board, tokens);
  }

  // ---- jobs

  /**
   * Takes in jobs that are being written; nothing happens to them before {@link #commit}.
   *
   * @return jobs they wait for that are not in memory: the caller has to find out how those ended
   */
  public Set<Long> register(List<Entry> entries) {
    boolean anyWaits = false;
    for (Entry entry : entries) {
      Key key = board.keys.enter(entry.limit());
      board.enter(new Task(entry, board.classes.sizeOf(entry), key));
      anyWaits |= !entry.after().isEmpty();
    }
    return anyWaits ? link(entries) : Set.of();
  }

  private Set<Long> link(List<Entry> entries) {
    Set<Long> unknown = new LinkedHashSet<>();
    for (Entry entry : entries) {
      for (long before : entry.after()) {
        Task other = board.tasks.get(before);
        if (other == null) {
          unknown.add(before);
        } else {
          board.dependencies.add(board.task(entry.id()), other);
        }
      }
    }
    return unknown;
  }

  /** Says that a job waits for one that has failed for good: it will be {@link #overdue}. */
  public void doom(long job) {
    attempts.doom(board.task(job));
  }

  /** Says that a registered job waits for one that is not in memory and has not ended. */
  public void awaitElsewhere(long job, long before) {
    board.dependencies.addElsewhere(board.task(job), before);
  }

  /** Jobs that others wait for and that are not in memory: somebody has to ask how they end. */
  public Set<Long> awaitedElsewhere() {
    return board.dependencies.elsewhere();
  }

  /** A job that is not in memory has ended for good: those that waited for it go on, or fail. */
  public void endedElsewhere(long job, boolean succeeded, Instant now) {
    attempts.endedElsewhere(job, succeeded, Micros.of(now));
  }

  /** Says that an attempt of a registered job was started before this server knew of it. */
  public void resume(AttemptKey attempt, String worker, Instant startedAt, Instant awaitedUntil) {
    Task task = board.task(attempt.job());
    if (task.attempt() == attempt.attempt()) {
      Run run = new Run(task, attempt, task.size.need(), Micros.of(startedAt));
      run.worker = worker;
      run.awaitedUntil = Micros.of(awaitedUntil);
      task.run = run;
    }
  }

  /** Says that the next attempt of a registered job may not start before a time. */
  public void delay(long job, Instant until) {
    board.task(job).at = Micros.notBefore(until);
  }

  /** Lets registered jobs go their way. */
  public void commit(List<Long> jobs, Instant now) {
    long at = Micros.of(now);
    List<Task> tasks = new ArrayList<>(jobs.size());
    boolean anyBegun = false;
    for (long job : jobs) {
      Task task = board.task(job);
      tasks.add(task);
      anyBegun |= begun(task) < NOT_BEGUN;
    }
    if (anyBegun) {
      // What runs takes up its limits, and what has begun keeps its place, before others get any.
      tasks.sort(Comparator.comparingInt(Scheduler::begun));
    }
    for (Task task : tasks) {
      board.commit(task, at);
    }
  }

  private static int begun(Task task) {
    return task.run != null ? 0 : task.history.attempts() > 0 ? 1 : NOT_BEGUN;
  }

  /** Forgets registered jobs: their transaction was rolled back. */
  public void abandon(List<Long> jobs) {
    for (long job : jobs) {
      Task task = board.tasks.get(job);
      if (task != null && task.phase == Phase.UNCOMMITTED) {
        board.forgetUncommitted(task);
      }
    }
  }

  // ---- workers

  /**
   * Seats a worker whose memory is not known before it tells what is free.
   *
   * @param seat number of the connection, never used twice
   * @param held attempts it says it runs, or whose end it has not seen acknowledged
   */
  public Reclaimed join(
      long seat, String worker, List<JobClass> abilities, List<AttemptKey> held, Instant now) {
    return join(seat, worker, abilities, 0, held, now);
  }

  /**
   * Seats a worker. Of its name nothing is waited for any longer but what it holds.
   *
   * @param seat number of the connection, never used twice
   * @param memoryBytes what it may use for attempts altogether; 0 when it is not known
   * @param held attempts it says it runs, or whose end it has not seen acknowledged
   */
  public Reclaimed join(
      long seat,
      String worker,
      List<JobClass> abilities,
      long memoryBytes,
      List<AttemptKey> held,
      Instant now) {
    return workers.join(seat, worker, abilities, memoryBytes, held, Micros.of(now));
  }

  /**
   * A seated worker tells of attempts whose server it cannot reach.
   *
   * @throws IllegalArgumentException when the seat is empty
   */
  public Reclaimed reclaim(long seat, List<AttemptKey> keys, Instant now) {
    Seat place = workers.find(seat);
    if (place == null) {
      throw new IllegalArgumentException("nobody is in seat " + seat);
    }
    return workers.reclaim(place, keys, Micros.of(now));
  }

  /** Notes what a worker can take now. */
  public void heartbeat(long seat, int freeSlots, long freeMemoryBytes) {
    workers.heartbeat(seat, freeSlots, freeMemoryBytes);
  }

  /** Unseats a worker; what it runs waits for it to come back for a while. */
  public void leave(long seat, Instant now) {
    workers.leave(seat, Micros.of(now));
  }

  /** Makes no more offers. */
  public void stopOffering() {
    offering = false;
  }

  /** Offers what waits to whoever has room. */
  public void match(Instant now) {
    if (offering) {
      matcher.match(Micros.of(now));
    }
  }

  // ---- attempts

  /**
   * A worker takes an offer.
   *
   * @return false when the offer is no longer open: the attempt is fenced
   */
  public boolean accept(long seat, AttemptKey key, Instant now) {
    return attempts.accept(seat, key, Micros.of(now));
  }

  /** A worker has done what it was offered without saying before that it takes it. */
  public void done(long seat, AttemptKey key, Instant now) {
    attempts.done(seat, key, Micros.of(now));
  }

  /** Another server's job has taken the room: the worker's next heartbeat tells what there is. */
  public void full(long seat, AttemptKey key, Instant now) {
    attempts.full(seat, key, Micros.of(now));
  }

  /** A worker refuses an offer, or it could not be made. */
  public void decline(long seat, AttemptKey key, Instant now) {
    attempts.decline(seat, key, Micros.of(now));
  }

  /**
   * Notes how far an attempt is; what goes back is ignored.
   *
   * @return false when the attempt is not under way: it is fenced
   */
  public boolean progress(AttemptKey key, int percent, String activity) {
    return attempts.progress(key, percent, activity);
  }

  /**
   * What would follow if the attempt ended now, with nothing but the job to blame; changes nothing
   * but the random numbers.
   *
   * @param token what the worker has shown; null when the server ends the attempt
   * @return empty when this attempt cannot end so: it has ended, or is another worker's
   */
  public Optional<Decision> decide(
      long job, int attempt, @Nullable Long token, Ending ending, boolean retryable, Instant now) {
    return attempts.decide(job, attempt, token, ending, retryable, "", now);
  }

  /**
   * What would follow if the attempt ended now; changes nothing but the random numbers.
   *
   * @param token what the worker has shown; null when the server ends the attempt
   * @param dependency for RELEASED: what is to blame; empty when nothing is
   * @return empty when this attempt cannot end so: it has ended, or is another worker's
   */
  public Optional<Decision> decide(
      long job,
      int attempt,
      @Nullable Long token,
      Ending ending,
      boolean retryable,
      String dependency,
      Instant now) {
    return attempts.decide(job, attempt, token, ending, retryable, dependency, now);
  }

  /**
   * The end of an attempt is committed.
   *
   * @param decision what was written
   * @param worker its name as written; empty when it never started
   * @param stop true when the worker does not know yet
   */
  public void end(
      long job, int attempt, Decision decision, String worker, boolean stop, Instant now) {
    attempts.end(job, attempt, decision, worker, stop, Micros.of(now));
  }

  // ---- what is learned

  /**
   * Notes what an attempt took.
   *
   * @param inputBytes length of what it read; 0 when unknown
   * @param peakBytes most memory it had; 0 when unknown
   * @param seconds how long it took; 0 when unknown, or when it did not come to its end
   */
  public void learn(JobClass work, long inputBytes, long peakBytes, double seconds) {
    board.stats(work).learn(WorkStats.bucket(inputBytes), peakBytes, seconds);
    board.learned.took(work.kind(), seconds);
  }

  /** As the other, of an attempt at a job; nothing happens when the job is not in memory. */
  public void learn(long job, long peakBytes, double seconds) {
    Task task = board.tasks.get(job);
    if (task != null) {
      task.size.work.stats.learn(task.size.bucket, peakBytes, seconds);
      board.learned.took(task.kind().name, seconds);
    }
  }

  // ---- kinds and breakers

  /** Orders how jobs of a kind run from now on; what runs already goes on. */
  public void setKind(String kind, KindLimit limit) {
    board.classes.kind(kind).setLimit(limit);
    board.crew.unstick();
  }

  // ---- time

  /**
   * Lets time pass: delays end, offers lapse, minutes and probes come.
   *
   * @return jobs whose attempt the server has to end; each is told once, until {@link #notEnded}
   */
  public List<Overdue> overdue(Instant now) {
    return attempts.overdue(Micros.of(now));
  }

  /** The end that {@link #overdue} asked for was not written: it may be asked for again. */
  public void notEnded(long job) {
    Task task = board.tasks.get(job);
    if (task != null) {
      task.ending = false;
    }
  }

  /** What is to be done since the last call. */
  public List<Effect> effects() {
    return board.takeEffects();
  }
}
