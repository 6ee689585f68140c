package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.List;

/** What holds for all jobs of a kind, and how many there are. */
final class Kind {
  final String name;
  KindLimit limit = KindLimit.NONE;

  /** Dependencies that its jobs have named lately. */
  final List<Breaker> breakers = new ArrayList<>(0);

  /** Starts of the last minute. */
  final StartWindow starts = new StartWindow();

  /** How many of those that wait are kept back for their keys. */
  int parked;

  private int uncommitted;
  private int blocked;
  private int delayed;
  private int waiting;
  private int underWay;
  private boolean limited;

  Kind(String name) {
    this.name = name;
  }

  void setLimit(KindLimit next) {
    limit = next;
    limited = !next.equals(KindLimit.NONE);
  }

  void enter(Phase phase) {
    add(phase, 1);
  }

  void leave(Phase phase) {
    add(phase, -1);
  }

  private void add(Phase phase, int more) {
    switch (phase) {
      case UNCOMMITTED -> uncommitted += more;
      case BLOCKED -> blocked += more;
      case DELAYED -> delayed += more;
      case WAITING -> waiting += more;
      case OFFERED, RUNNING -> underWay += more;
    }
  }

  int blocked() {
    return blocked;
  }

  int delayed() {
    return delayed;
  }

  /** Offered or running. */
  int underWay() {
    return underWay;
  }

  boolean isUnused() {
    return uncommitted + blocked + delayed + waiting + underWay == 0
        && breakers.isEmpty()
        && !limited;
  }

  /** True when none of its jobs may be offered now. */
  boolean isHeld(long now) {
    if (limited && isLimited(now)) {
      return true;
    }
    for (int i = 0; i < breakers.size(); i++) {
      if (!breakers.get(i).admits(now)) {
        return true;
      }
    }
    return false;
  }

  private boolean isLimited(long now) {
    return limit.paused()
        || (limit.maxRunning() > 0 && underWay() >= limit.maxRunning())
        || isAtRate(now);
  }

  boolean isAtRate(long now) {
    return limit.startsPerMinute() > 0 && starts.total(now) >= limit.startsPerMinute();
  }
}
