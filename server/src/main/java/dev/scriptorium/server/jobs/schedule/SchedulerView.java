package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be asked of a {@link Scheduler} without changing anything. */
public abstract sealed class SchedulerView permits Scheduler {
  /** Everything that is remembered. */
  final Board board;

  private final Overview overview;

  SchedulerView(Board board) {
    this.board = board;
    this.overview = new Overview(board);
  }

  // ---- one job

  /** True when the job is in memory: it has not ended, or its end is being written. */
  public boolean knows(long job) {
    return board.tasks.get(job) != null;
  }

  /** What can be seen of a job; empty for an unknown one. */
  public Optional<Standing> look(long job) {
    return Optional.ofNullable(board.tasks.get(job)).map(Task::standing);
  }

  /** Committed jobs that wait for this one, directly or through others, nearest first. */
  public List<Long> dependants(long job) {
    return board.dependencies.of(job);
  }

  /** What runs in a seat, the oldest first. */
  public List<Standing> attempts(long seat) {
    Seat place = board.crew.find(seat);
    return place == null ? List.of() : place.running();
  }

  /** True when some connected worker can do this kind of work. */
  public boolean anyCan(JobClass work) {
    return board.classes.anyCan(work);
  }

  /** True while the attempt may read its inputs and store results. */
  public boolean underWay(AttemptKey key) {
    return board.underWay(key);
  }

  /** Learned time of an attempt at a job of a kind, in seconds; 0 when nothing is known. */
  public double meanSeconds(String kind) {
    return board.learned.meanSeconds(kind);
  }

  /** Memory that most attempts had, in bytes, without any margin; 0 when nothing is known. */
  public long peakBytes(JobClass work, long inputBytes) {
    return board.stats(work).peak(WorkStats.bucket(inputBytes));
  }

  /** Kinds with jobs in memory, with a limit or with a breaker, by name. */
  public List<KindDepth> depths(Instant now) {
    return overview.depths(Micros.of(now));
  }

  /** Dependencies that have failed within ten minutes, by name. */
  public List<BreakerStatus> breakers() {
    return board.breakers.all();
  }

  /** Why a job waits, as one sentence; empty when only for its turn or when it does not wait. */
  public String whyWaiting(long job, Instant now) {
    return overview.whyWaiting(job, Micros.of(now));
  }

  /** How many keys with limits are remembered. */
  int keys() {
    return board.keys.size();
  }

  /**
   * When {@link Scheduler#overdue} will next have something to do; {@link Instant#MAX} for never.
   */
  public Instant nextWake(Instant now) {
    return overview.nextWake(Micros.of(now));
  }
}
