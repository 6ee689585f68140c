package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A connected worker, and what it can take. */
final class Seat implements Heap.Member<Seat> {
  final long id;
  final String worker;
  final Skill skill;

  /** Attempts that were offered to it or run there. */
  final List<Run> runs = new ArrayList<>();

  /** Memory it has when it does nothing, as far as known; 0 before it has said so. */
  long capacity;

  /** Until when it gets no offers, in microseconds. */
  long heldOffUntil = Long.MIN_VALUE;

  /** The worker is no longer connected. */
  boolean gone;

  /** The worker has connected anew: it hears nothing here any more. */
  boolean givenUp;

  /** It has room, but nothing that waits is for it. */
  boolean stuck;

  private int place = -1;
  private final boolean capacityDeclared;
  private int freeSlots;
  private long freeMemoryBytes;

  // Not yet counted in the numbers of its last heartbeat.
  private int heartbeats;
  private int uncounted;
  private long uncountedBytes;

  Seat(long id, String worker, Skill skill, long capacity) {
    this.id = id;
    this.worker = worker;
    this.skill = skill;
    this.capacity = capacity;
    this.capacityDeclared = capacity > 0;
  }

  /** The least busy comes first. */
  @Override
  public boolean isBefore(Seat other) {
    return runs.size() != other.runs.size() ? runs.size() < other.runs.size() : id < other.id;
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void place(int next) {
    place = next;
  }

  /** What it says it can take; only offers that it has not answered are not counted in that. */
  void heartbeat(int slots, long memoryBytes) {
    freeSlots = slots;
    freeMemoryBytes = memoryBytes;
    if (!capacityDeclared) {
      capacity = Math.max(capacity, memoryBytes);
    }
    heartbeats++;
    uncounted = 0;
    uncountedBytes = 0;
    for (Run run : runs) {
      if (run.task.phase == Phase.OFFERED) {
        count(run);
      }
    }
  }

  /** Its room was taken by others; the next heartbeat says what there is. */
  void filled() {
    freeSlots = 0;
  }

  private void count(Run run) {
    run.uncountedBy = heartbeats;
    uncounted++;
    uncountedBytes += run.memoryBytes;
  }

  void offered(Run run) {
    add(run);
    count(run);
  }

  void add(Run run) {
    run.seat = this;
    run.seatIndex = runs.size();
    runs.add(run);
  }

  void release(Run run) {
    Run last = runs.removeLast();
    if (last != run) {
      runs.set(run.seatIndex, last);
      last.seatIndex = run.seatIndex;
    }
    run.seatIndex = -1;
    if (run.uncountedBy == heartbeats) {
      uncounted--;
      uncountedBytes -= run.memoryBytes;
    }
    run.uncountedBy = -1;
    run.seat = null;
  }

  List<Standing> running() {
    return runs.stream()
        .filter(run -> run.task.phase == Phase.RUNNING)
        .sorted(Comparator.<Run>comparingLong(run -> run.at).thenComparingLong(run -> run.task.id))
        .map(run -> run.task.standing())
        .toList();
  }

  boolean hasRoom() {
    return !givenUp && freeSlots > uncounted;
  }

  boolean isHeldOff(long now) {
    return now < heldOffUntil;
  }

  /** Memory that can still be set aside. */
  long free() {
    return freeMemoryBytes - uncountedBytes;
  }
}
