package dev.scriptorium.loadtest.simulate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs simulated schedules. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the job system in simulated time, with faults at every step: some hundred schedules a",
      "second. Exit code 1 when a promise was broken, or a broken variant was not found."
    })
public final class SimulateCommand implements Callable<Integer> {
  /** Within so many seeds every broken variant has to be found. */
  static final long MOST_SEEDS = 10_000;

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

  @Option(
      names = "--variants",
      description = "Then break it in every way on purpose; each has to be found.")
  private boolean variants;

  @Option(names = "--trace", description = "Run one schedule and tell of everything that happens.")
  private boolean trace;

  @Option(names = "--report", description = "Also write the figures to this HTML file.")
  private @Nullable Path report;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (trace) {
      Schedule.Result result =
          Simulation.trace(
              variant,
              seed,
              (millis, what) -> out.printf(Locale.ROOT, "%9.3f  %s%n", millis / 1000.0, what));
      out.println(result);
      return result.violation() == null ? 0 : 1;
    }
    Simulation simulation = new Simulation(Runtime.getRuntime().availableProcessors());
    SimulationReport told = new SimulationReport(seed);
    long start = System.nanoTime();
    Simulation.Summary summary = simulation.run(variant, seed, schedules, variant != Variant.NONE);
    told.add(summary, (System.nanoTime() - start) / 1e9);
    boolean good = summary.broken() == 0;
    if (variants) {
      for (Variant each : EnumSet.complementOf(EnumSet.of(Variant.NONE))) {
        Simulation.Summary found = simulation.run(each, seed, MOST_SEEDS, true);
        told.addVariant(found);
        good &= found.broken() > 0;
      }
    }
    told.page().print(out);
    if (report != null) {
      told.page().write(report);
    }
    return good ? 0 : 1;
  }
}
