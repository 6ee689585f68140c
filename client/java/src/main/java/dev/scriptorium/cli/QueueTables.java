package dev.scriptorium.cli;

import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.Breaker;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.Queue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The state of the queue, in words. */
final class QueueTables {
  private QueueTables() {}

  /** A row for every kind. */
  static Table kinds(Queue queue) {
    Table table =
        new Table(
            "*KIND",
            ">BLOCKED",
            ">DELAYED",
            ">RUNNABLE",
            ">HELD",
            ">RUNNING",
            ">STUCK",
            "->MEAN",
            ">OLDEST",
            "*ORDERS");
    for (KindStatus kind : queue.getKindsList()) {
      table.row(
          kind.getKind(),
          Words.count(kind.getBlocked()),
          Words.count(kind.getDelayed()),
          Words.count(kind.getRunnable()),
          Words.count(kind.getHeld()),
          Words.count(kind.getRunning()),
          Words.count(kind.getUnschedulable()),
          mean(kind),
          oldest(kind),
          orders(kind));
    }
    return table;
  }

  /** What a kind's jobs that fit nowhere need; a line each. */
  static List<String> needs(Queue queue) {
    return queue.getKindsList().stream()
        .filter(kind -> kind.getUnschedulable() > 0)
        .map(QueueTables::need)
        .toList();
  }

  private static String need(KindStatus kind) {
    boolean one = kind.getUnschedulable() == 1;
    String jobs = Words.count(kind.getUnschedulable(), "job") + " of " + kind.getKind();
    String fit = jobs + (one ? " fits no worker" : " fit no worker");
    String need = one ? ": it needs " : ": they need up to ";
    return Cells.clean(
        kind.getMemoryBytes() > 0
            ? fit + need + Words.memory(kind.getMemoryBytes()) + "."
            : fit + ".");
  }

  /** A row for every dependency that failed lately. */
  static Table breakers(Queue queue, ZoneId zone) {
    Table table =
        new Table("*BREAKER", "STATE", ">FAILURES", "NEXT PROBE", "*WAITING KINDS", "*SERVER");
    for (Breaker breaker : queue.getBreakersList()) {
      table.row(
          breaker.getDependency(),
          Words.of(breaker.getState()),
          Words.count(breaker.getFailures()),
          probe(breaker.getProbeTime(), zone),
          String.join(", ", breaker.getKindsList()),
          breaker.getServer());
    }
    return table;
  }

  // Probes are seconds apart: minutes would not do.
  private static String probe(Timestamp time, ZoneId zone) {
    return time.equals(Timestamp.getDefaultInstance())
        ? "-"
        : Words.clock(Instant.ofEpochSecond(time.getSeconds()), zone);
  }

  private static String mean(KindStatus kind) {
    return kind.getMeanSeconds() > 0
        ? Words.span(Duration.ofMillis(Math.round(kind.getMeanSeconds() * 1000)))
        : "-";
  }

  private static String oldest(KindStatus kind) {
    return kind.hasOldestWait()
        ? Words.span(
            Duration.ofSeconds(kind.getOldestWait().getSeconds(), kind.getOldestWait().getNanos()))
        : "-";
  }

  /** For example {@code paused, at most 4 run}; {@code no limit} when there is none. */
  static String orders(KindStatus kind) {
    List<String> orders = new ArrayList<>();
    if (kind.getPaused()) {
      orders.add("paused");
    }
    if (kind.getMaxRunning() > 0) {
      orders.add("at most " + Words.count(kind.getMaxRunning()) + " run");
    }
    if (kind.getStartsPerMinute() > 0) {
      orders.add("at most " + Words.count(kind.getStartsPerMinute()) + " start a minute");
    }
    return orders.isEmpty() ? "no limit" : String.join(", ", orders);
  }

  /** A kind on one line, for logs; without what changes all the time. */
  static String line(KindStatus kind) {
    return String.format(
        Locale.ROOT,
        "%s blocked=%d delayed=%d runnable=%d held=%d running=%d stuck=%d (%s)",
        Cells.clean(kind.getKind()),
        kind.getBlocked(),
        kind.getDelayed(),
        kind.getRunnable(),
        kind.getHeld(),
        kind.getRunning(),
        kind.getUnschedulable(),
        orders(kind));
  }

  /** A breaker on one line, for logs. */
  static String line(Breaker breaker) {
    return Cells.clean(
        "breaker %s %s failures=%d at %s"
            .formatted(
                breaker.getDependency(),
                Words.of(breaker.getState()),
                breaker.getFailures(),
                breaker.getServer()));
  }
}
