package dev.scriptorium.server.jobs.schedule;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job in the scheduler's memory. There may be a million: what only few of them need is kept in
 * objects of its own. Fields are the scheduler's own; equality is identity.
 */
final class Task implements Heap.Member<Task> {
  final long id;
  final UUID owner;
  final byte tier;
  final byte priority;
  final int deadlineMillis;

  /** What work it is and what memory that takes. */
  SizeClass size;

  /** Whose limit it counts against; null for none. */
  final @Nullable Key key;

  History history;
  Phase phase = Phase.UNCOMMITTED;

  /** Jobs it waits for; null once there are none. */
  @Nullable Set<Long> unmet;

  /** Another job waits for it. */
  boolean awaited;

  /** A job it waits for has failed for good. */
  boolean doomed;

  /** Its overdue end was handed out and is being written. */
  boolean ending;

  /** It counts against its key's concurrency. */
  boolean holdsKey;

  /** It is between two attempts, and none that comes after it with the same key may pass it. */
  boolean owedKey;

  /** WAITING, but kept back for its key. */
  boolean parked;

  /** How often in a row it was handed back for a dependency. */
  short dependencyFailures;

  /** DELAYED, BLOCKED: not before, in microseconds. */
  long at;

  /** When it began to wait, in microseconds; no two are equal. */
  long arrival;

  /** The attempt while OFFERED or RUNNING; null otherwise. */
  @Nullable Run run;

  /** Where it stands while it waits for a worker, and its neighbours there. */
  @Nullable Turn turn;

  @Nullable Task ahead;
  @Nullable Task behind;

  /** Its neighbours among all of its line, by arrival. */
  @Nullable Task older;

  @Nullable Task younger;

  // Among the delayed.
  private int place = -1;

  Task(Entry entry, SizeClass size, @Nullable Key key) {
    this.id = entry.id();
    this.owner = entry.owner();
    this.tier = (byte) entry.tier();
    this.priority = (byte) Math.clamp(entry.priority(), 0, 100);
    this.deadlineMillis = (int) Math.min(entry.deadline().toMillis(), Integer.MAX_VALUE);
    this.size = size;
    this.key = key;
    this.history = entry.history();
    this.at = Micros.notBefore(entry.notBefore());
  }

  /** Orders the delayed: the earliest first. */
  @Override
  public boolean isBefore(Task other) {
    return at != other.at ? at < other.at : id < other.id;
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void place(int next) {
    place = next;
  }

  /** Number of the attempt that is under way or comes next. */
  int attempt() {
    return history.attempts() + 1;
  }

  boolean is(AttemptKey other) {
    Run now = run;
    return now != null && attempt() == other.attempt() && now.token == other.token();
  }

  Kind kind() {
    return size.work.kind;
  }

  /**
   * Orders jobs that arrived at different times with different priorities: the lowest comes first.
   * Waiting 10 s is worth one step of priority, for all alike; so the order of two jobs never
   * changes while they wait, and nothing has to be sorted again.
   */
  long rank() {
    return arrival - priority * (10 * Micros.SECOND);
  }

  Standing standing() {
    Run now = run;
    return new Standing(
        id,
        attempt(),
        phase,
        phase == Phase.RUNNING && now != null ? now.worker : "",
        now == null ? 0 : now.percent,
        now == null ? "" : now.activity,
        Micros.instant(since()),
        now == null ? size.need() : now.memoryBytes);
  }

  private long since() {
    Run now = run;
    if (now != null) {
      return now.at;
    }
    return phase == Phase.WAITING ? arrival : at;
  }
}
