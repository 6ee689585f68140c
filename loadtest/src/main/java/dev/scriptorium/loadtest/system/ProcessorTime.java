package dev.scriptorium.loadtest.system;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Processor time that the parts of one server have taken so far, in seconds. Of processes that have
 * ended nothing is known.
 *
 * @param server its own process
 * @param services Postgres and Redis below it
 * @param load this process, which makes the calls
 */
public record ProcessorTime(double server, double services, double load) {
  /** What they have taken until now. */
  public static ProcessorTime of(SystemProcess server) {
    ProcessHandle own = ProcessHandle.of(server.pid()).orElseThrow();
    return new ProcessorTime(
        seconds(Stream.of(own)),
        seconds(own.descendants()),
        seconds(Stream.of(ProcessHandle.current())));
  }

  /** Cores that each of them has kept busy, for a report. */
  public String coresSince(ProcessorTime before, double elapsedSeconds) {
    return String.format(
        Locale.ROOT,
        "server %.2f, Postgres and Redis %.2f, load %.2f",
        (server - before.server) / elapsedSeconds,
        (services - before.services) / elapsedSeconds,
        (load - before.load) / elapsedSeconds);
  }

  private static double seconds(Stream<ProcessHandle> processes) {
    return processes
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(time -> time.toNanos() / 1e9)
        .sum();
  }
}
