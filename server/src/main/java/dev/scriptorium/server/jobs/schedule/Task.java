package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A job in the scheduler's memory. Fields are the scheduler's own; equality is identity. */
final class Task {
  final Entry entry;
  final Set<Long> unmet = new HashSet<>();
  History history;
  Phase phase = Phase.UNCOMMITTED;

  /** A job it waits for has failed for good. */
  boolean doomed;

  /** Its overdue end was handed out and is being written. */
  boolean ending;

  /** Orders what waits; set when it begins to. */
  long arrival;

  /** Token of the attempt while OFFERED or RUNNING. */
  long token;

  /** Where the attempt is; null otherwise, and while its worker is away. */
  @Nullable Seat seat;

  /** Name of the worker of the running attempt. */
  String worker = "";

  /** DELAYED: until when; OFFERED, RUNNING: since when. */
  Instant at = Instant.EPOCH;

  /** RUNNING without a seat: until when its worker may come back. */
  Instant awaitedUntil = Instant.MAX;

  int percent;
  String activity = "";

  Task(Entry entry) {
    this.entry = entry;
    this.history = entry.history();
    this.at = entry.notBefore();
  }

  /** Number of the attempt that is under way or comes next. */
  int attempt() {
    return history.attempts() + 1;
  }

  AttemptKey key() {
    return new AttemptKey(entry.id(), attempt(), token);
  }

  Standing standing() {
    return new Standing(
        entry.id(), attempt(), phase, worker, percent, activity, at, entry.memoryBytes());
  }

  boolean is(AttemptKey key) {
    return attempt() == key.attempt() && token == key.token();
  }

  void forgetAttempt() {
    token = 0;
    seat = null;
    worker = "";
    awaitedUntil = Instant.MAX;
    ending = false;
    percent = 0;
    activity = "";
  }
}
