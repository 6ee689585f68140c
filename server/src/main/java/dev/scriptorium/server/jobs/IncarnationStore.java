package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.History;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Servers that live, die and inherit, inside a transaction of the caller's. Silence is measured by
 * the database's clock. Thread-safe.
 */
public interface IncarnationStore {
  /**
   * Ended attempts of a job.
   *
   * @param notBefore when the next may start
   * @param ended true when there is no next
   */
  record Past(History history, Instant notBefore, boolean ended) {
    /** No attempt has ended. */
    public static final Past NONE = new Past(History.NONE, Instant.EPOCH, false);
  }

  /**
   * Who has died.
   *
   * @param me who asks
   * @param name of the server that asks: its former selves are dead
   * @param silent true when whoever was silent for {@code silence} is dead too
   */
  record Inquest(long me, String name, boolean silent, Duration silence) {}

  /** Registers one start of a server; its number is higher than every earlier one. */
  long insert(Handle handle, String name);

  /** Notes that it lives; false when another server has taken over. */
  boolean heartbeat(Handle handle, long incarnation);

  /** The dead that have no heir yet. */
  List<Long> dead(Handle handle, Inquest inquest);

  /**
   * Makes the asking server the heir of those of the dead that have none, once their transactions
   * that add jobs are over.
   */
  void bury(Handle handle, Inquest inquest, List<Long> dead);

  /** Incarnations whose jobs are this one's to finish, directly or through others. */
  List<Long> inherited(Handle handle, long me);

  /** The next unfinished jobs of an incarnation, in the order of their ids; empty at the end. */
  List<Job> unfinished(Handle handle, long incarnation, long above);

  /** What is known of the ended attempts of jobs; those without one are left out. */
  Map<Long, Past> pasts(Handle handle, List<Long> jobs);

  /** Attempts that were started and have not ended. */
  List<Dispatch> started(Handle handle, List<Long> jobs);

  /** Notes that dead incarnations have no unfinished job left. */
  void settle(Handle handle, List<Long> settled);
}
