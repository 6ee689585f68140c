package dev.scriptorium.cli;

import dev.scriptorium.v1.RunningAttempt;
import dev.scriptorium.v1.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Workers, in words. */
final class FleetTables {
  private static final String PREFIX = "workers/";

  private FleetTables() {}

  /** {@code workers/demo} for {@code demo} or {@code workers/demo}. */
  static String nameOf(String text) {
    return text.startsWith(PREFIX) ? text : PREFIX + text;
  }

  private static String shortName(Worker worker) {
    return worker.getName().startsWith(PREFIX)
        ? worker.getName().substring(PREFIX.length())
        : worker.getName();
  }

  /** A row for every worker. */
  static Table workers(List<Worker> workers) {
    Table table =
        new Table(
            "*WORKER",
            "STATE",
            "-*HOST",
            ">BUSY",
            ">READY",
            ">START",
            ">MAX",
            ">USED",
            ">FREE",
            ">BUDGET",
            "->RECYCLED",
            "-SANDBOX",
            ">DRAIN");
    for (Worker worker : workers) {
      table.row(
          shortName(worker),
          Words.of(worker.getState()),
          worker.getHost(),
          Words.count(worker.getBusyRunners()),
          Words.count(worker.getRunners()),
          Words.count(worker.getStartingRunners()),
          Words.count(worker.getMaxRunners()),
          Words.memory(worker.getRunnerMemoryBytes()),
          Words.memory(worker.getFreeMemoryBytes()),
          Words.memory(worker.getMemoryBudgetBytes()),
          Words.count(worker.getRecycledRunners()),
          worker.getSandbox(),
          Words.count(worker.getDrainOrder()));
    }
    return table;
  }

  /** A row for every attempt that runs. */
  static Table attempts(List<Worker> workers, Instant now) {
    Table table =
        new Table("*WORKER", ">JOB", "*KIND", ">TRY", ">DONE", ">FOR", "->MEMORY", "*DOING");
    for (Worker worker : workers) {
      for (RunningAttempt attempt : worker.getRunningList()) {
        table.row(
            shortName(worker),
            JobName.number(attempt.getJob()),
            attempt.getKind(),
            Integer.toString(attempt.getAttempt()),
            attempt.getPercent() + "%",
            Words.span(since(attempt, now)),
            Words.memory(attempt.getMemoryBytes()),
            attempt.getActivity());
      }
    }
    return table;
  }

  private static Duration since(RunningAttempt attempt, Instant now) {
    Duration span =
        Duration.between(Instant.ofEpochSecond(attempt.getStartTime().getSeconds()), now);
    return span.isNegative() ? Duration.ZERO : Duration.ofSeconds(span.toSeconds());
  }

  /** For example {@code 2 workers, 3 of 4 runners busy, 1.2 GiB of 3.0 GiB free}. */
  static String sum(List<Worker> workers) {
    return "%s, %s of %s busy, %s of %s free"
        .formatted(
            Words.count(workers.size(), "worker"),
            Words.count(workers.stream().mapToLong(Worker::getBusyRunners).sum()),
            Words.count(workers.stream().mapToLong(Worker::getRunners).sum(), "runner"),
            Words.memory(workers.stream().mapToLong(Worker::getFreeMemoryBytes).sum()),
            Words.memory(workers.stream().mapToLong(Worker::getMemoryBudgetBytes).sum()));
  }

  /** A worker on one line, for logs; without what changes all the time. */
  static String line(Worker worker) {
    String jobs =
        worker.getRunningList().stream()
            .map(attempt -> attempt.getKind() + " " + JobName.number(attempt.getJob()))
            .collect(Collectors.joining(", "));
    return Cells.clean(
        "%s %s busy=%d ready=%d starting=%d max=%d recycled=%d%s"
            .formatted(
                shortName(worker),
                Words.of(worker.getState()),
                worker.getBusyRunners(),
                worker.getRunners(),
                worker.getStartingRunners(),
                worker.getMaxRunners(),
                worker.getRecycledRunners(),
                jobs.isEmpty() ? "" : " runs " + jobs));
  }
}
