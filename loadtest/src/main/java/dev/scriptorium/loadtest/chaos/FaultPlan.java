package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.chaos.FaultLane.Action;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which faults are made, in three lanes. Runners are killed all the time, also while something else
 * is broken; processes and links are broken one at a time, with time to recover in between, so that
 * a recovery is one fault's.
 */
final class FaultPlan {
  private static final long RUNNER_PAUSE_MILLIS = 5_000;
  // Who makes a few kinds alone wants them often.
  private static final long SHORT_PAUSE_MILLIS = 3_000;
  private static final long PAUSE_MILLIS = 2_000;
  // A dead worker's jobs run again after six seconds at the latest.
  private static final long PROCESS_SETTLE_MILLIS = 7_000;
  private static final long LINK_SETTLE_MILLIS = 4_000;

  private final Plan plan;
  private final Cluster cluster;
  private final History history;
  private final Path traces;
  private final CountDownLatch over;

  FaultPlan(Plan plan, Cluster cluster, History history, Path traces, CountDownLatch over) {
    this.plan = plan;
    this.cluster = cluster;
    this.history = history;
    this.traces = traces;
    this.over = over;
  }

  /** The lanes that have something to do. */
  List<FaultLane> lanes() {
    Lock alone = new ReentrantLock(true);
    List<FaultLane> lanes = new ArrayList<>();
    Faults runners = faults(1);
    add(
        lanes,
        1,
        Map.of("kill-runner", runners::killRunner),
        plan.only().isEmpty() ? RUNNER_PAUSE_MILLIS : SHORT_PAUSE_MILLIS,
        0,
        new ReentrantLock());
    Faults processes = faults(2);
    add(
        lanes,
        2,
        Map.of(
            "kill-worker", processes::killWorker,
            "kill-server", processes::killServer,
            "kill-all-servers", processes::killAllServers,
            "kill-postgres", processes::killPostgres,
            "kill-redis", processes::killRedis,
            "terminate-backends", processes::dropConnections,
            "freeze-worker", processes::freezeWorker,
            "freeze-server", processes::freezeServer,
            "clock-jump", processes::jumpClock,
            "disk-full", processes::fillDisk),
        PAUSE_MILLIS,
        PROCESS_SETTLE_MILLIS,
        alone);
    Faults links = faults(3);
    add(
        lanes,
        3,
        Map.of(
            "black-hole", links::blackHole,
            "half-open", links::halfOpen,
            "slow-link", links::slowLink,
            "cut-link", links::cutLink,
            "lost-reply", links::loseReply,
            "lost-commit", links::loseCommit),
        PAUSE_MILLIS,
        LINK_SETTLE_MILLIS,
        alone);
    return lanes;
  }

  private void add(
      List<FaultLane> lanes,
      int number,
      Map<String, Action> all,
      long pause,
      long settle,
      Lock turn) {
    List<Action> actions =
        all.entrySet().stream()
            .filter(entry -> plan.only().isEmpty() || plan.only().contains(entry.getKey()))
            // The map has no order of its own.
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
    if (!actions.isEmpty()) {
      long after = plan.only().isEmpty() ? settle : 0;
      lanes.add(new FaultLane(actions, new Random(plan.seed() + number), pause, after, turn, over));
    }
  }

  private Faults faults(int number) {
    return new Faults(cluster, history, traces, new Random(plan.seed() * 31 + number), over);
  }
}
