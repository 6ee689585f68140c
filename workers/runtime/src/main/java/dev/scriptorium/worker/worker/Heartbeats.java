package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.v1.Heartbeat;
import dev.scriptorium.worker.v1.Welcome;
import dev.scriptorium.worker.v1.WorkerMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells servers how the worker is: at their interval, and when something they plan by changes. */
final class Heartbeats {
  /** How the worker is. */
  interface Figures {
    /** What a server plans by. */
    Heartbeat plan(ServerLink link);

    /** Adds what only people look at, and what is dearer to find out. */
    Heartbeat withMemory(Heartbeat plan);
  }

  private final Figures figures;
  private final Precedence precedence;
  private final LongSupplier nanoTime;
  private final Map<ServerLink, Sent> last = new HashMap<>();

  private record Sent(long atNanos, Heartbeat plan) {}

  Heartbeats(Figures figures, Precedence precedence, LongSupplier nanoTime) {
    this.figures = figures;
    this.precedence = precedence;
    this.nanoTime = nanoTime;
  }

  /** Tells it now. */
  void send(ServerLink link) {
    send(link, figures.plan(link));
  }

  /** Tells it when the interval is over. */
  void sendIfDue(ServerLink link) {
    Welcome welcome = link.welcome();
    Sent sent = last.get(link);
    if (welcome == null || sent == null) {
      return;
    }
    Duration interval = Duration.ofMillis(welcome.getHeartbeatMillis());
    if (nanoTime.getAsLong() - sent.atNanos() >= interval.toNanos()) {
      send(link);
    }
  }

  /** Tells those who know something else than what is true now. */
  void sendIfChanged(Iterable<ServerLink> links) {
    for (ServerLink link : links) {
      Heartbeat plan = figures.plan(link);
      Sent sent = last.get(link);
      if (sent != null && !sent.plan().equals(plan)) {
        send(link, plan);
      }
    }
  }

  private void send(ServerLink link, Heartbeat plan) {
    link.send(WorkerMessage.newBuilder().setHeartbeat(figures.withMemory(plan)).build());
    last.put(link, new Sent(nanoTime.getAsLong(), plan));
    if (plan.getFreeSlots() > 0) {
      precedence.told(link);
    }
  }
}
