package dev.scriptorium.server.jobs.schedule;

import org.jspecify.annotations.Nullable;

/** One owner's jobs in a line, in the order in which they came. */
final class Turn implements Heap.Member<Turn> {
  final Line line;
  final Share share;
  @Nullable Task first;
  private @Nullable Task last;

  /** What its owner had had when it was last put in its place. */
  long had;

  /** Settles ties: who was put in its place earlier comes first. */
  long stamp;

  private int place = -1;

  Turn(Line line, Share share) {
    this.line = line;
    this.share = share;
  }

  @Override
  public boolean isBefore(Turn other) {
    return had != other.had ? had < other.had : stamp < other.stamp;
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void place(int next) {
    place = next;
  }

  void addLast(Task task) {
    Task before = last;
    task.turn = this;
    task.ahead = before;
    task.behind = null;
    if (before == null) {
      first = task;
    } else {
      before.behind = task;
    }
    last = task;
  }

  void addFirst(Task task) {
    Task after = first;
    task.turn = this;
    task.ahead = null;
    task.behind = after;
    if (after == null) {
      last = task;
    } else {
      after.ahead = task;
    }
    first = task;
  }

  void remove(Task task) {
    Task before = task.ahead;
    Task after = task.behind;
    if (before == null) {
      first = after;
    } else {
      before.behind = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.ahead = before;
    }
    task.turn = null;
    task.ahead = null;
    task.behind = null;
  }
}
