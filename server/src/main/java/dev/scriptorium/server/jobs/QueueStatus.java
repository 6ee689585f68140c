package dev.scriptorium.server.jobs;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.server.jobs.schedule.BreakerStatus;
import dev.scriptorium.server.jobs.schedule.KindDepth;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Breaker;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.Queue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much waits and runs. Every server knows its own jobs and tells the others with its heartbeat,
 * so that any can answer for all. Thread-safe.
 */
public final class QueueStatus {
  private final LiveJobs live;
  private final Transactions transactions;
  private final InstantSource clock;
  private final JobSettings settings;
  private final long incarnation;
  private final StatusStore store = new StatusStore();
  private volatile byte[] told = new byte[0];

  QueueStatus(
      LiveJobs live,
      Transactions transactions,
      InstantSource clock,
      JobSettings settings,
      long incarnation) {
    this.live = live;
    this.transactions = transactions;
    this.clock = clock;
    this.settings = settings;
    this.incarnation = incarnation;
  }

  /** Tells the other servers, when there is news. */
  void tell() {
    byte[] now = own().toByteArray();
    if (!Arrays.equals(now, told)) {
      transactions.inTransaction(
          h -> {
            store.put(h, incarnation, now);
            return now;
          });
      told = now;
    }
  }

  /** The queue of this server. */
  public Queue own() {
    Instant now = clock.instant();
    return live.look(
        s -> {
          Queue.Builder queue = Queue.newBuilder();
          for (KindDepth depth : s.depths(now)) {
            queue.addKinds(kind(depth, s.meanSeconds(depth.kind()), now));
          }
          s.breakers().forEach(breaker -> queue.addBreakers(breaker(breaker)));
          return queue.build();
        });
  }

  private static KindStatus.Builder kind(KindDepth depth, double meanSeconds, Instant now) {
    KindStatus.Builder kind =
        KindStatus.newBuilder()
            .setKind(depth.kind())
            .setPaused(depth.limit().paused())
            .setMaxRunning(depth.limit().maxRunning())
            .setStartsPerMinute(depth.limit().startsPerMinute())
            .setBlocked(depth.blocked())
            .setDelayed(depth.delayed())
            .setRunnable(depth.runnable())
            .setHeld(depth.held())
            .setRunning(depth.running())
            .setUnschedulable(depth.unschedulable())
            .setMemoryBytes(depth.neededBytes())
            .setMeanSeconds(meanSeconds);
    Instant oldest = depth.oldestRunnable();
    if (oldest != null && now.isAfter(oldest)) {
      kind.setOldestWait(
          com.google.protobuf.Duration.newBuilder()
              .setSeconds(Duration.between(oldest, now).toSeconds()));
    }
    return kind;
  }

  private Breaker.Builder breaker(BreakerStatus status) {
    Breaker.Builder breaker =
        Breaker.newBuilder()
            .setDependency(status.dependency())
            .setState(
                switch (status.state()) {
                  case CLOSED -> Breaker.State.STATE_CLOSED;
                  case OPEN -> Breaker.State.STATE_OPEN;
                  case PROBING -> Breaker.State.STATE_PROBING;
                })
            .setFailures(status.failures())
            .addAllKinds(status.kinds())
            .setServer(settings.serverName());
    Instant probeAt = status.probeAt();
    if (probeAt != null) {
      breaker.setProbeTime(WireTime.of(probeAt));
    }
    return breaker;
  }

  /** The queues of all servers that live, taken together. */
  public Queue all() {
    Map<String, KindStatus.Builder> kinds = new TreeMap<>();
    Queue.Builder all = Queue.newBuilder();
    add(own(), kinds, all);
    for (byte[] status :
        transactions.inTransaction(h -> store.others(h, incarnation, settings.silence()))) {
      add(parse(status), kinds, all);
    }
    kinds.values().forEach(all::addKinds);
    return all.build();
  }

  // A newer server may tell what this one cannot read; what it can is still right.
  private static Queue parse(byte[] status) {
    try {
      return Queue.parseFrom(status);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("another server's queue cannot be read", e);
    }
  }

  private static void add(Queue queue, Map<String, KindStatus.Builder> kinds, Queue.Builder all) {
    all.addAllBreakers(queue.getBreakersList());
    for (KindStatus kind : queue.getKindsList()) {
      kinds.merge(kind.getKind(), kind.toBuilder(), QueueStatus::sum);
    }
  }

  private static KindStatus.Builder sum(KindStatus.Builder one, KindStatus.Builder two) {
    double jobs = one.getRunning() + one.getRunnable() + two.getRunning() + two.getRunnable();
    double mean =
        jobs == 0
            ? Math.max(one.getMeanSeconds(), two.getMeanSeconds())
            : (one.getMeanSeconds() * (one.getRunning() + one.getRunnable())
                    + two.getMeanSeconds() * (two.getRunning() + two.getRunnable()))
                / jobs;
    one.setBlocked(one.getBlocked() + two.getBlocked())
        .setDelayed(one.getDelayed() + two.getDelayed())
        .setRunnable(one.getRunnable() + two.getRunnable())
        .setHeld(one.getHeld() + two.getHeld())
        .setRunning(one.getRunning() + two.getRunning())
        .setUnschedulable(one.getUnschedulable() + two.getUnschedulable())
        .setMemoryBytes(Math.max(one.getMemoryBytes(), two.getMemoryBytes()))
        .setMeanSeconds(mean);
    if (two.getOldestWait().getSeconds() > one.getOldestWait().getSeconds()) {
      one.setOldestWait(two.getOldestWait());
    }
    return one;
  }
}
