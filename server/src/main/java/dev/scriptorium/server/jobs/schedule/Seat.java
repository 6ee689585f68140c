package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A connected worker, and what it can take. */
final class Seat {
  final long id;
  final String worker;
  private final List<JobClass> abilities;

  /** Attempts that were offered to it or run there. */
  final Set<Task> tasks = new LinkedHashSet<>();

  // Not yet counted in the numbers of its last heartbeat.
  private final Set<Task> uncounted = new LinkedHashSet<>();
  private int freeSlots;
  private long freeMemoryBytes;
  private Instant heldOffUntil = Instant.MIN;

  Seat(long id, String worker, List<JobClass> abilities) {
    this.id = id;
    this.worker = worker;
    this.abilities = List.copyOf(abilities);
  }

  void heartbeat(int slots, long memoryBytes) {
    freeSlots = slots;
    freeMemoryBytes = memoryBytes;
    uncounted.removeIf(task -> task.phase != Phase.OFFERED);
  }

  void take(Task task) {
    tasks.add(task);
    uncounted.add(task);
  }

  void release(Task task) {
    tasks.remove(task);
    uncounted.remove(task);
  }

  void holdOff(Instant until) {
    heldOffUntil = until;
  }

  List<Standing> running() {
    return tasks.stream().filter(task -> task.phase == Phase.RUNNING).map(Task::standing).toList();
  }

  boolean can(JobClass work) {
    return abilities.stream().anyMatch(ability -> ability.covers(work));
  }

  boolean hasRoom(Instant now) {
    return freeSlots > uncounted.size() && !now.isBefore(heldOffUntil);
  }

  boolean hasMemory(Task task) {
    long taken = uncounted.stream().mapToLong(other -> other.entry.memoryBytes()).sum();
    return freeMemoryBytes - taken >= task.entry.memoryBytes();
  }
}
