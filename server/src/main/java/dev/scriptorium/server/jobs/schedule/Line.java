package dev.scriptorium.server.jobs.schedule;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of one size that wait in a level: who has had least of the level comes first, with the first
 * of its jobs.
 */
final class Line {
  // How many are looked at for one that suits a worker, where not all do.
  private static final int OWNERS_LOOKED_AT = 16;
  private static final int JOBS_LOOKED_AT = 4;

  final Level level;
  final SizeClass size;
  int waiting;

  /** The one that came first, and the last. */
  @Nullable Task oldest;

  private @Nullable Task youngest;

  /** Place among the level's lines that are not empty; -1: not there. */
  int index = -1;

  private final Heap<Turn> owners = new Heap<>();

  Line(Level level, SizeClass size) {
    this.level = level;
    this.size = size;
  }

  // ---- all of them, by arrival

  void add(Task task, Share share, boolean first) {
    Turn turn = share.in(this);
    if (turn == null) {
      turn = new Turn(this, share);
      share.turns.add(turn);
      place(turn);
      owners.add(turn);
    }
    if (first) {
      turn.addFirst(task);
      linkFirst(task);
    } else {
      turn.addLast(task);
      linkLast(task);
    }
    waiting++;
  }

  private void linkLast(Task task) {
    Task before = youngest;
    task.older = before;
    if (before == null) {
      oldest = task;
    } else {
      before.younger = task;
    }
    youngest = task;
  }

  private void linkFirst(Task task) {
    Task after = oldest;
    task.younger = after;
    if (after == null) {
      youngest = task;
    } else {
      after.older = task;
    }
    oldest = task;
  }

  void remove(Task task, Turn turn) {
    turn.remove(task);
    Task before = task.older;
    Task after = task.younger;
    if (before == null) {
      oldest = after;
    } else {
      before.younger = after;
    }
    if (after == null) {
      youngest = before;
    } else {
      after.older = before;
    }
    task.older = null;
    task.younger = null;
    waiting--;
    if (turn.first == null) {
      turn.share.turns.remove(turn);
      owners.remove(turn);
    }
  }

  // ---- owners, by what they have had

  /** The job whose turn it is. */
  @Nullable Task first() {
    Turn top = owners.first();
    // Owners are put in their new place only when they come to the front.
    while (top != null && top.had < top.share.had) {
      place(top);
      owners.moved(top);
      top = owners.first();
    }
    return top == null ? null : top.first;
  }

  /** The first job that meets a condition, among those of the first few owners. */
  @Nullable Task first(Predicate<Task> suits) {
    for (int i = 0; i < Math.min(owners.size(), OWNERS_LOOKED_AT); i++) {
      Task task = owners.get(i).first;
      for (int seen = 0; task != null && seen < JOBS_LOOKED_AT; seen++) {
        if (suits.test(task)) {
          return task;
        }
        task = task.behind;
      }
    }
    return null;
  }

  private void place(Turn turn) {
    turn.had = turn.share.had;
    turn.stamp = level.nextStamp();
  }
}
