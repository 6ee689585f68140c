package dev.scriptorium.loadtest.simulate;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs simulated schedules. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Runs the job system in simulated time, with faults at every step.")
public final class SimulateCommand implements Callable<Integer> {
  @Option(
      names = "--schedules",
      defaultValue = "1000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private long schedules = 1000;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the first; the others follow (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--variant",
      defaultValue = "NONE",
      description =
          "What is broken on purpose: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Variant variant = Variant.NONE;

  @Option(names = "--trace", description = "Run one schedule and tell of everything that happens.")
  private boolean trace;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() throws InterruptedException {
    if (trace) {
      Schedule.Result result =
          Simulation.trace(
              variant,
              seed,
              (millis, what) -> out.printf(Locale.ROOT, "%9.3f  %s%n", millis / 1000.0, what));
      out.println(result);
      return result.violation() == null ? 0 : 1;
    }
    long start = System.nanoTime();
    Simulation.Summary summary =
        new Simulation(Runtime.getRuntime().availableProcessors())
            .run(variant, seed, schedules, variant != Variant.NONE);
    out.printf(
        Locale.ROOT,
        "%s: %d schedules, %d steps, %d jobs, %d broken, %.1f s%n",
        variant,
        summary.schedules(),
        summary.steps(),
        summary.jobs(),
        summary.broken(),
        (System.nanoTime() - start) / 1e9);
    summary.first().forEach(out::println);
    return summary.broken() == 0 ? 0 : 1;
  }
}
