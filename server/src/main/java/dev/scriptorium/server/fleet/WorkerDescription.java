package dev.scriptorium.server.fleet;

import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.RunningAttempt;
import dev.scriptorium.v1.Worker;
import dev.scriptorium.worker.v1.Heartbeat;
import dev.scriptorium.worker.v1.Hello;
import java.time.Instant;
import java.util.List;

/** Describes a connected worker for operators. */
final class WorkerDescription {
  private static final String PREFIX = "workers/";

  private WorkerDescription() {}

  /** The name of the worker in the resource name {@code workers/{worker}}; as it is without. */
  static String parse(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  static Worker of(
      Hello hello,
      Heartbeat now,
      Worker.State state,
      Instant connectedAt,
      List<RunningAttempt> running) {
    return Worker.newBuilder()
        .setName(PREFIX + hello.getWorker())
        .setVersion(hello.getVersion())
        .setHost(hello.getHost())
        .setState(state)
        .addAllCapabilities(
            hello.getCapabilitiesList().stream()
                .map(can -> can.getKind() + " " + can.getMediaType())
                .toList())
        .setCpus(hello.getCpus())
        .setMaxRunners(hello.getMaxRunners())
        .setRunners(now.getRunners())
        .setBusyRunners(now.getBusyRunners())
        .setStartingRunners(now.getStartingRunners())
        .setRecycledRunners(now.getRecycledRunners())
        .setMemoryBudgetBytes(hello.getMemoryBudgetBytes())
        .setFreeMemoryBytes(now.getFreeMemoryBytes())
        .setWorkerMemoryBytes(now.getWorkerMemoryBytes())
        .setRunnerMemoryBytes(now.getRunnerMemoryBytes())
        .setSandbox(hello.getSandbox())
        .addAllRunning(running)
        .setConnectTime(WireTime.of(connectedAt))
        .build();
  }
}
