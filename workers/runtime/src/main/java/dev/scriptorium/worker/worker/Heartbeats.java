package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.pool.ProcessMemory;
import dev.scriptorium.worker.v1.Heartbeat;
import dev.scriptorium.worker.v1.Welcome;
import dev.scriptorium.worker.v1.WorkerMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells servers how the worker is: at their interval, and when something they plan by changes. */
final class Heartbeats {
  private final Worker worker;
  private final LongSupplier nanoTime;
  private final Map<ServerLink, Sent> last = new HashMap<>();

  private record Sent(long atNanos, Heartbeat heartbeat) {}

  Heartbeats(Worker worker, LongSupplier nanoTime) {
    this.worker = worker;
    this.nanoTime = nanoTime;
  }

  /** Tells it now. */
  void send(ServerLink link) {
    send(link, now());
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
      send(link, now());
    }
  }

  /** Tells it when slots, memory or runners are others than the server knows. */
  void sendIfChanged(ServerLink link) {
    Sent sent = last.get(link);
    Heartbeat now = now();
    if (link.welcome() != null && sent != null && !samePlan(sent.heartbeat(), now)) {
      send(link, now);
    }
  }

  private void send(ServerLink link, Heartbeat heartbeat) {
    link.send(WorkerMessage.newBuilder().setHeartbeat(heartbeat).build());
    last.put(link, new Sent(nanoTime.getAsLong(), heartbeat));
  }

  private static boolean samePlan(Heartbeat one, Heartbeat other) {
    return one.getFreeSlots() == other.getFreeSlots()
        && one.getFreeMemoryBytes() == other.getFreeMemoryBytes()
        && one.getRunners() == other.getRunners();
  }

  private Heartbeat now() {
    return Heartbeat.newBuilder()
        .setFreeSlots(worker.freeSlots())
        .setFreeMemoryBytes(worker.freeMemoryBytes())
        .setRunners(worker.pool().size())
        .setWorkerMemoryBytes(
            ProcessMemory.of(ProcessHandle.current().pid())
                .map(ProcessMemory::residentBytes)
                .orElse(0L))
        .setRunnerMemoryBytes(worker.pool().residentBytes())
        .build();
  }
}
