package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A binary heap whose members know their places, so that any can be moved or taken out quickly. */
final class Heap<T extends Heap.Member<T>> {
  private final List<T> members = new ArrayList<>();

  /** Is in one heap at most. */
  interface Member<T> {
    /** True when it comes before another. */
    boolean isBefore(T other);

    /** Its place; -1: in no heap. */
    int place();

    void place(int place);
  }

  int size() {
    return members.size();
  }

  /** In no particular order, but for the first. */
  T get(int place) {
    return members.get(place);
  }

  @Nullable T first() {
    return members.isEmpty() ? null : members.getFirst();
  }

  void add(T member) {
    member.place(members.size());
    members.add(member);
    up(member);
  }

  void remove(T member) {
    int place = member.place();
    if (place < 0) {
      return;
    }
    T last = members.removeLast();
    if (place < members.size()) {
      set(place, last);
      moved(last);
    }
    member.place(-1);
  }

  /** What a member's place depends on has changed. */
  void moved(T member) {
    up(member);
    down(member);
  }

  private void up(T member) {
    int i = member.place();
    while (i > 0) {
      T parent = members.get((i - 1) >> 1);
      if (!member.isBefore(parent)) {
        break;
      }
      set(i, parent);
      i = (i - 1) >> 1;
    }
    set(i, member);
  }

  private void down(T member) {
    int i = member.place();
    int size = members.size();
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && members.get(child + 1).isBefore(members.get(child))) {
        child++;
      }
      if (!members.get(child).isBefore(member)) {
        break;
      }
      set(i, members.get(child));
      i = child;
    }
    set(i, member);
  }

  private void set(int i, T member) {
    members.set(i, member);
    member.place(i);
  }
}
