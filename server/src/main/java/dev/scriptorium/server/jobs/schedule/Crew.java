package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connected workers. */
final class Crew {
  private final Map<Long, Seat> seats = new LinkedHashMap<>();

  void add(Seat seat) {
    seats.put(seat.id, seat);
  }

  Optional<Seat> find(long id) {
    return Optional.ofNullable(seats.get(id));
  }

  Optional<Seat> remove(long id) {
    return Optional.ofNullable(seats.remove(id));
  }

  /** Those that can take a job now, the least busy first. */
  Collection<Seat> withRoom(Instant now) {
    List<Seat> free = new ArrayList<>();
    for (Seat seat : seats.values()) {
      if (seat.hasRoom(now)) {
        free.add(seat);
      }
    }
    free.sort(Comparator.comparingInt(seat -> seat.tasks.size()));
    return free;
  }

  boolean anyCan(JobClass work) {
    return seats.values().stream().anyMatch(seat -> seat.can(work));
  }

  /** False where the job has crashed before, as long as another worker could take it. */
  boolean suits(Seat seat, Task task) {
    return seat.hasMemory(task)
        && (!task.history.crashedOn().contains(seat.worker) || !anyOther(task));
  }

  private boolean anyOther(Task task) {
    return seats.values().stream()
        .anyMatch(
            seat -> !task.history.crashedOn().contains(seat.worker) && seat.can(task.entry.work()));
  }
}
