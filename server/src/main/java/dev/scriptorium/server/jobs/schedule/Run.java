package dev.scriptorium.server.jobs.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt that was offered or runs. Fields are the scheduler's own; equality is identity. */
final class Run {
  /** No time comes to wait for. */
  static final long NEVER = Long.MAX_VALUE;

  final Task task;
  final long token;
  final AttemptKey key;

  /** Memory set aside for it. */
  final long memoryBytes;

  /** Where it is; null while its worker is away. */
  @Nullable Seat seat;

  /** Name of its worker. */
  String worker = "";

  /** When it was offered, then when it started, in microseconds. */
  long at;

  /** Without a seat: until when its worker may come back, in microseconds. */
  long awaitedUntil = NEVER;

  /** Time it is charged to its owner with, in microseconds. */
  long cost;

  /** Which heartbeat of its seat did not count it yet; -1: all do. */
  int uncountedBy = -1;

  /** It was counted as a start of its kind, and of its key. */
  boolean countedByKind;

  boolean countedByKey;

  /** Breakers that wait for how it goes. */
  List<Breaker> probes = List.of();

  int percent;
  String activity = "";

  /** Its place in the seat and in the watchlist; -1: not there. */
  int seatIndex = -1;

  int watchIndex = -1;

  Run(Task task, AttemptKey key, long memoryBytes, long at) {
    this.task = task;
    this.token = key.token();
    this.key = key;
    this.memoryBytes = memoryBytes;
    this.at = at;
  }
}
