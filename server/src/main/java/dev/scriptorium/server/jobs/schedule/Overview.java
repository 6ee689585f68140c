package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what waits, and for what. Changes nothing. */
final class Overview {
  private static final long MIB = 1 << 20;

  private final Board board;

  Overview(Board board) {
    this.board = board;
  }

  // ---- how much

  /** What waits of a kind in lines. */
  private static final class Waiting {
    int runnable;
    int tooLarge;
    long needed;
    long oldest = Long.MAX_VALUE;
  }

  List<KindDepth> depths(long now) {
    Map<Kind, Waiting> waiting = new HashMap<>();
    board.ready.forEachLine(
        line -> count(line, waiting.computeIfAbsent(line.size.work.kind, kind -> new Waiting())));
    List<KindDepth> depths = new ArrayList<>();
    for (Kind kind : board.classes.kinds()) {
      if (!kind.isUnused()) {
        depths.add(depth(kind, waiting.getOrDefault(kind, new Waiting()), now));
      }
    }
    return depths;
  }

  private static void count(Line line, Waiting waiting) {
    Task oldest = line.oldest;
    if (line.size.isTooLarge()) {
      waiting.tooLarge += line.waiting;
      waiting.needed = Math.max(waiting.needed, line.size.need());
    } else if (oldest != null) {
      waiting.runnable += line.waiting;
      waiting.oldest = Math.min(waiting.oldest, oldest.arrival);
    }
  }

  private static KindDepth depth(Kind kind, Waiting waiting, long now) {
    boolean held = kind.isHeld(now);
    return new KindDepth(
        kind.name,
        kind.limit,
        kind.blocked(),
        kind.delayed(),
        held ? 0 : waiting.runnable,
        kind.parked + (held ? waiting.runnable : 0),
        kind.underWay(),
        waiting.tooLarge,
        waiting.needed,
        held || waiting.runnable == 0 ? null : Micros.instant(waiting.oldest));
  }

  // ---- why

  String whyWaiting(long job, long now) {
    Task task = board.tasks.get(job);
    if (task == null) {
      return "";
    }
    return switch (task.phase) {
      case UNCOMMITTED, OFFERED, RUNNING -> "";
      case BLOCKED -> blocked(task.unmet);
      case DELAYED -> "not before " + Micros.instant(task.at);
      case WAITING -> waiting(task, now);
    };
  }

  private static String blocked(@Nullable Set<Long> unmet) {
    if (unmet == null || unmet.isEmpty()) {
      return "";
    }
    String first = "waits for job " + unmet.iterator().next();
    return unmet.size() == 1 ? first : first + " and " + (unmet.size() - 1) + " more";
  }

  private String waiting(Task task, long now) {
    SizeClass size = task.size;
    JobClass work = size.work.name;
    if (size.work.skills.isEmpty()) {
      return "no connected worker takes " + work.kind() + " of " + work.mediaType();
    }
    if (size.isTooLarge()) {
      return "needs " + mib(size.need()) + ", the largest worker has " + mib(size.work.largest());
    }
    Key key = task.key;
    if (task.parked && key != null) {
      return limited(key, now);
    }
    String held = held(size.work.kind, now);
    return held.isEmpty() && fitsNowhereNow(size)
        ? "needs " + mib(size.need()) + ", no worker has so much free now"
        : held;
  }

  private static String limited(Key key, long now) {
    return key.isFull()
        ? "limit of key " + key.name + ": " + key.limit.concurrency() + " at once"
        : key.isAtRate(now)
            ? "limit of key " + key.name + ": " + key.limit.startsPerMinute() + " starts a minute"
            : "";
  }

  private static String held(Kind kind, long now) {
    KindLimit limit = kind.limit;
    if (limit.paused()) {
      return "kind " + kind.name + " is paused";
    }
    for (Breaker breaker : kind.breakers) {
      if (!breaker.admits(now)) {
        return "dependency "
            + breaker.dependency
            + (breaker.state == BreakerStatus.State.PROBING
                ? " is down, a probe is under way"
                : " is down, next probe at " + Micros.instant(breaker.probeAt));
      }
    }
    if (limit.maxRunning() > 0 && kind.underWay() >= limit.maxRunning()) {
      return "limit of kind " + kind.name + ": " + limit.maxRunning() + " at once";
    }
    return kind.isAtRate(now)
        ? "limit of kind " + kind.name + ": " + limit.startsPerMinute() + " starts a minute"
        : "";
  }

  private boolean fitsNowhereNow(SizeClass size) {
    boolean any = false;
    for (Seat seat : board.crew.all()) {
      if (size.work.canBeDoneBy(seat)) {
        any = true;
        if (seat.free() >= size.need()) {
          return false;
        }
      }
    }
    return any;
  }

  private static String mib(long bytes) {
    return (bytes + MIB - 1) / MIB + " MiB";
  }

  // ---- when

  Instant nextWake(long now) {
    long next = Math.min(board.delays.next(), board.watch.next());
    next = Math.min(next, board.crew.nextWake());
    next = Math.min(next, Math.min(board.keys.nextWake(), board.breakers.nextProbe()));
    for (Kind kind : board.classes.kinds()) {
      if (kind.isAtRate(now)) {
        next = Math.min(next, kind.starts.nextFall());
      }
    }
    return next == Run.NEVER ? Instant.MAX : Micros.instant(next);
  }
}
