package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The waiting jobs of one tier and priority. Owners share it fairly: each has an account of the
 * time it was given, by what its jobs are expected to take, and who has had least comes first. Who
 * comes anew, or comes back, starts from where the others are: nobody saves up time.
 */
final class Level {
  private static final int LINES_KEPT = 256;
  private static final int SHARES_KEPT = 64;

  // What an attempt is taken for as long as nothing is known of its kind.
  private static final long UNKNOWN = Micros.SECOND;

  // What is charged at most: a very long job is not held against its owner for hours.
  private static final long MOST = 600 * Micros.SECOND;

  final int tier;
  final int priority;

  /** Lines that are not empty. */
  final List<Line> lines = new ArrayList<>();

  private final Map<SizeClass, Line> all = new HashMap<>();
  private final Map<UUID, Share> shares = new HashMap<>();
  private int sweepAt = SHARES_KEPT;

  // What the owner that was last served had had before.
  private long served;
  private long stamps;

  Level(int tier, int priority) {
    this.tier = tier;
    this.priority = priority;
  }

  long nextStamp() {
    return ++stamps;
  }

  /**
   * Takes a job in.
   *
   * @param first before all others of its owner: it was there already
   * @return true when no other like it waits
   */
  boolean add(Task task, boolean first) {
    Line line = all.computeIfAbsent(task.size, size -> new Line(this, size));
    line.add(task, share(task.owner), first);
    if (line.index >= 0) {
      return false;
    }
    line.index = lines.size();
    lines.add(line);
    return true;
  }

  private Share share(UUID owner) {
    Share share = shares.get(owner);
    if (share == null) {
      if (shares.size() >= sweepAt) {
        shares.values().removeIf(idle -> idle.turns.isEmpty() && idle.had <= served);
        sweepAt = Math.max(SHARES_KEPT, 2 * shares.size());
      }
      share = new Share(owner, served);
      shares.put(owner, share);
    } else if (share.turns.isEmpty()) {
      share.had = Math.max(share.had, served);
    }
    return share;
  }

  void remove(Task task, Turn turn) {
    Line line = turn.line;
    line.remove(task, turn);
    if (line.waiting == 0) {
      Line last = lines.removeLast();
      if (last != line) {
        lines.set(line.index, last);
        last.index = line.index;
      }
      line.index = -1;
      if (all.size() > LINES_KEPT) {
        all.values().removeIf(empty -> empty.waiting == 0);
      }
    }
  }

  /** What a job's owner had had when it would be served now. */
  long had(Turn turn) {
    return Math.max(turn.share.had, served);
  }

  /** Charges the owner of a job that is being offered; gives what. */
  long charge(Task task, Turn turn) {
    long expected = task.size.micros();
    long cost = expected == 0 ? UNKNOWN : Math.min(expected, MOST);
    served = had(turn);
    turn.share.had = served + cost;
    return cost;
  }

  /** Gives back what was charged for an offer that was not taken. */
  void refund(UUID owner, long cost) {
    Share share = shares.get(owner);
    if (share != null) {
      share.had = Math.max(share.had - cost, 0);
    }
  }

  /** When the one that has waited longest came, as {@link Task#rank}. */
  long rank() {
    long rank = Long.MAX_VALUE;
    for (int i = 0; i < lines.size(); i++) {
      Task oldest = lines.get(i).oldest;
      if (oldest != null) {
        rank = Math.min(rank, oldest.rank());
      }
    }
    return rank;
  }
}
