package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connected workers, and which of them may get an offer: the least busy first. */
final class Crew {
  private final Classes classes;
  private final Map<Long, Seat> seats = new LinkedHashMap<>();

  // Those that have room and for which something may wait.
  private final Heap<Seat> open = new Heap<>();

  // Those that have room, but for which nothing waits.
  private final List<Seat> stuck = new ArrayList<>();
  private final List<Seat> heldOff = new ArrayList<>();

  Crew(Classes classes) {
    this.classes = classes;
  }

  Collection<Seat> all() {
    return seats.values();
  }

  Seat add(long id, String worker, List<JobClass> abilities, long capacity) {
    Seat seat = new Seat(id, worker, classes.join(abilities), capacity);
    seats.put(id, seat);
    seat.skill.largest = Math.max(seat.skill.largest, capacity);
    return seat;
  }

  @Nullable Seat find(long id) {
    return seats.get(id);
  }

  @Nullable Seat remove(long id) {
    Seat seat = seats.remove(id);
    if (seat != null) {
      seat.gone = true;
      close(seat);
      heldOff.remove(seat);
      classes.leave(seat.skill);
      measure(seat.skill);
    }
    return seat;
  }

  private void measure(Skill skill) {
    skill.largest = 0;
    for (Seat seat : seats.values()) {
      if (seat.skill == skill) {
        skill.largest = Math.max(skill.largest, seat.capacity);
      }
    }
  }

  void heartbeat(Seat seat, int freeSlots, long freeMemoryBytes) {
    seat.heartbeat(freeSlots, freeMemoryBytes);
    seat.skill.largest = Math.max(seat.skill.largest, seat.capacity);
    changed(seat);
  }

  void holdOff(Seat seat, long until) {
    if (!heldOff.contains(seat)) {
      heldOff.add(seat);
    }
    seat.heldOffUntil = until;
    close(seat);
  }

  /** What a worker can take has changed. */
  void changed(Seat seat) {
    if (seat.gone || !seat.hasRoom() || heldOff.contains(seat)) {
      close(seat);
    } else if (seat.place() >= 0) {
      open.moved(seat);
    } else {
      if (seat.stuck) {
        seat.stuck = false;
        stuck.remove(seat);
      }
      open.add(seat);
    }
  }

  private void close(Seat seat) {
    open.remove(seat);
    if (seat.stuck) {
      seat.stuck = false;
      stuck.remove(seat);
    }
  }

  /** Nothing that waits is for this worker; until something changes it is not asked again. */
  void setStuck(Seat seat) {
    close(seat);
    seat.stuck = true;
    stuck.add(seat);
  }

  /** Something waits that did not before. */
  void unstick() {
    for (Seat seat : stuck) {
      seat.stuck = false;
      open.add(seat);
    }
    stuck.clear();
  }

  /** Lets time pass. */
  void pass(long now) {
    for (Iterator<Seat> all = heldOff.iterator(); all.hasNext(); ) {
      Seat seat = all.next();
      if (!seat.isHeldOff(now)) {
        all.remove();
        if (seat.hasRoom()) {
          open.add(seat);
        }
      }
    }
  }

  /** When the next may be made offers again; {@link Run#NEVER} when none waits. */
  long nextWake() {
    long next = Run.NEVER;
    for (Seat seat : heldOff) {
      next = Math.min(next, seat.heldOffUntil);
    }
    return next;
  }

  /** The least busy worker that has room and for which something may wait. */
  @Nullable Seat next() {
    return open.first();
  }
}
