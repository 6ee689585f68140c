package dev.scriptorium.server.jobs.schedule;

import org.jspecify.annotations.Nullable;

/**
 * The jobs in memory by id, which is never 0. A hash table without a node and a boxed number for
 * each entry: with a million jobs those would be half of all memory.
 */
final class TaskMap {
  private static final int SMALLEST_BITS = 6;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private int bits = SMALLEST_BITS;
  private long[] ids = new long[1 << SMALLEST_BITS];
  private @Nullable Task[] tasks = new Task[1 << SMALLEST_BITS];
  private int size;

  @Nullable Task get(long id) {
    return tasks[find(id)];
  }

  int size() {
    return size;
  }

  void put(Task task) {
    if ((size + 1) * 3L > ids.length * 2L) {
      grow();
    }
    int at = find(task.id);
    if (ids[at] == 0) {
      ids[at] = task.id;
      size++;
    }
    tasks[at] = task;
  }

  private void grow() {
    @Nullable Task[] old = tasks;
    bits++;
    ids = new long[1 << bits];
    tasks = new Task[1 << bits];
    for (Task task : old) {
      if (task != null) {
        int at = find(task.id);
        ids[at] = task.id;
        tasks[at] = task;
      }
    }
  }

  /** Takes a job out and closes the gap, so that no search stops too early. */
  void remove(long id) {
    int gap = find(id);
    if (ids[gap] == 0) {
      return;
    }
    size--;
    int mask = ids.length - 1;
    for (int i = (gap + 1) & mask; ids[i] != 0; i = (i + 1) & mask) {
      if (((i - home(ids[i])) & mask) >= ((i - gap) & mask)) {
        ids[gap] = ids[i];
        tasks[gap] = tasks[i];
        gap = i;
      }
    }
    ids[gap] = 0;
    tasks[gap] = null;
  }

  // Where it is, or where it would go.
  private int find(long id) {
    int mask = ids.length - 1;
    int i = home(id);
    while (ids[i] != id && ids[i] != 0) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private int home(long id) {
    return (int) ((id * MIX) >>> (Long.SIZE - bits));
  }
}
