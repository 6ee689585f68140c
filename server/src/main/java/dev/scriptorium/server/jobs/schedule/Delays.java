package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.List;

/** Jobs that wait for their time. */
final class Delays {
  private final Heap<Task> heap = new Heap<>();

  void add(Task task) {
    heap.add(task);
  }

  void remove(Task task) {
    heap.remove(task);
  }

  /** Takes out those whose time has come, the earliest first. */
  List<Task> takeDue(long now) {
    List<Task> due = new ArrayList<>();
    for (Task first = heap.first(); first != null && first.at <= now; first = heap.first()) {
      heap.remove(first);
      due.add(first);
    }
    return due;
  }

  /** When the next is due; {@link Run#NEVER} when none waits. */
  long next() {
    Task first = heap.first();
    return first == null ? Run.NEVER : first.at;
  }
}
