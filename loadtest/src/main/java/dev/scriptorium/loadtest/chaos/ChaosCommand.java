package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.chaos.check.Checker;
import dev.scriptorium.loadtest.chaos.check.Records;
import dev.scriptorium.loadtest.chaos.check.Violation;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Breaks the system while it works, and checks what is left. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts two servers and two workers, submits jobs, makes faults, and checks the records.",
      "Exit codes: 0 nothing broken, 1 an invariant is broken."
    })
public final class ChaosCommand implements Callable<Integer> {
  @Option(
      names = "--seed",
      description = "Decides on jobs and faults; by the clock when not given.")
  private @Nullable Long seed;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = Span.class,
      description = "How long load and faults last, as 90s or 30m (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ofMinutes(2);

  @Option(
      names = "--pause",
      paramLabel = "MILLIS",
      defaultValue = "5000",
      description =
          "Mean time between two requests of each of eight clients, 3.5 jobs each"
              + " (default: ${DEFAULT-VALUE}).")
  private long pauseMillis = 5000;

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "GUARD",
      converter = GuardName.class,
      description =
          "Take away what keeps a promise; the check has to fail then: fence, durability, requests,"
              + " succession, quarantine, retry, checkpoint, key-limit.")
  private Set<Guard> without = EnumSet.noneOf(Guard.class);

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "KIND",
      description =
          "Make these faults alone, for example kill-server,lost-reply; none for none. Without a"
              + " guard those that show that it is missing.")
  private Set<String> faults = Set.of();

  @Option(
      names = "--records",
      paramLabel = "DIR",
      description = "Where the records go; a new temporary folder when not given.")
  private @Nullable Path records;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    long chosen = seed == null ? System.currentTimeMillis() : seed;
    Path folder =
        records == null ? Installation.newFolder("chaos") : Files.createDirectories(records);
    Plan plan =
        new Plan(
            chosen,
            duration,
            Duration.ofMillis(pauseMillis),
            without,
            faults.isEmpty() ? showing(without) : faults);
    out.printf("seed %d, records in %s%n", chosen, folder);
    new ChaosRun(plan, folder).run();
    return report(plan.toString(), folder, out) == 0 ? 0 : 1;
  }

  private static Set<String> showing(Set<Guard> without) {
    Set<String> all = new TreeSet<>();
    without.forEach(guard -> all.addAll(guard.faults()));
    return all;
  }

  /** Checks a folder, prints and writes the report, and says how many violations there are. */
  static int report(String conditions, Path folder, PrintWriter out) throws IOException {
    Records found = Records.read(folder);
    List<Violation> violations = Checker.check(found);
    Report report = ChaosReport.of(conditions, found, violations);
    report.print(out);
    Path page = folder.resolve("chaos.html");
    report.write(page);
    out.println("report: " + page);
    return violations.size();
  }

  /** Times as the command line writes them. */
  static final class Span implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    }
  }

  /** Guards as the command line writes them. */
  static final class GuardName implements ITypeConverter<Guard> {
    @Override
    public Guard convert(String value) {
      return Guard.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
