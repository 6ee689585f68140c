package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The limits of keys. A job that may not run for its key's sake is parked with the key, where
 * nobody looks at it before something is released.
 */
final class Keys {
  private final Map<String, Key> byName = new HashMap<>();
  private final List<Key> waitForTime = new ArrayList<>();
  private final Queue<Key> unused = new ArrayDeque<>();
  private final Queue<Key> due = new ArrayDeque<>();
  private final Consumer<Task> admit;

  /**
   * @param admit lets a job wait for a worker
   */
  Keys(Consumer<Task> admit) {
    this.admit = admit;
  }

  /** The key of a job that is taken in; null for none. */
  @Nullable Key enter(@Nullable KeyLimit limit) {
    if (limit == null) {
      return null;
    }
    Key key = byName.computeIfAbsent(limit.key(), name -> new Key(limit));
    key.update(limit);
    key.members++;
    return key;
  }

  /** A job that began before it was taken in goes on before those that have not begun. */
  void resume(Task task, Key key) {
    if (key.isOrdered()) {
      owe(task, key);
    }
  }

  /** An attempt runs, whether the key admits it or not. */
  void force(Task task, Key key) {
    settle(task, key);
    if (!task.holdsKey) {
      task.holdsKey = true;
      key.holders++;
    }
  }

  private static void owe(Task task, Key key) {
    if (!task.owedKey) {
      task.owedKey = true;
      key.owed++;
    }
  }

  private static void settle(Task task, Key key) {
    if (task.owedKey) {
      task.owedKey = false;
      key.owed--;
    }
  }

  /** A job's turn has come, but for its key. */
  void arrive(Task task, Key key, long now) {
    park(task, key);
    release(key, now);
  }

  private static void park(Task task, Key key) {
    task.parked = true;
    task.kind().parked++;
    key.parked.add(task);
  }

  private static void unpark(Task task, Key key) {
    key.parked.remove(task);
    task.parked = false;
    task.kind().parked--;
  }

  /** Lets jobs through, as far as the limits go. */
  void release(Key key, long now) {
    while (!key.parked.isEmpty()) {
      Task next = key.parked.first();
      if (key.isFull() || (key.isOrdered() && key.owed > 0 && !next.owedKey)) {
        return;
      }
      if (key.isAtRate(now)) {
        if (!key.waitsForTime) {
          key.waitsForTime = true;
          waitForTime.add(key);
        }
        return;
      }
      unpark(next, key);
      force(next, key);
      key.waiting++;
      admit.accept(next);
    }
  }

  /** A job that was let through, or is parked, waits no more. */
  void taken(Task task, Key key) {
    if (task.parked) {
      unpark(task, key);
    } else {
      key.waiting--;
    }
  }

  /** An offer of a job was withdrawn: it waits again. */
  void returned(Key key) {
    key.waiting++;
  }

  /** A job that was let through is kept back again: more turned out to run than are allowed. */
  void holdBack(Task task, Key key) {
    letGo(task, key);
    if (key.isOrdered() && task.history.attempts() > 0) {
      owe(task, key);
    }
    park(task, key);
  }

  /** An attempt has ended and another will follow later: in order, before those that come after. */
  void ended(Task task, Key key, long now) {
    letGo(task, key);
    if (key.isOrdered()) {
      owe(task, key);
    }
    release(key, now);
  }

  private static void letGo(Task task, Key key) {
    if (task.holdsKey) {
      task.holdsKey = false;
      key.holders--;
    }
  }

  /** A job is forgotten. */
  void exit(Task task, Key key) {
    letGo(task, key);
    settle(task, key);
    key.members--;
    if (key.members == 0 && !key.isUnused) {
      key.isUnused = true;
      unused.add(key);
    }
  }

  /** Lets time pass: minutes end, and what is no longer used is forgotten. */
  void pass(long now) {
    for (Iterator<Key> all = waitForTime.iterator(); all.hasNext(); ) {
      Key key = all.next();
      if (!key.isAtRate(now)) {
        key.waitsForTime = false;
        all.remove();
        due.add(key);
      }
    }
    for (Key key = due.poll(); key != null; key = due.poll()) {
      release(key, now);
    }
    for (int i = unused.size(); i > 0; i--) {
      Key key = unused.remove();
      if (key.members > 0) {
        key.isUnused = false;
      } else if (key.starts.total(now) == 0) {
        byName.remove(key.name);
      } else {
        unused.add(key);
      }
    }
  }

  /** When the next may be let through by the mere passing of time; {@link Run#NEVER} for never. */
  long nextWake() {
    long next = Run.NEVER;
    for (Key key : waitForTime) {
      next = Math.min(next, key.starts.nextFall());
    }
    return next;
  }

  int size() {
    return byName.size();
  }
}
