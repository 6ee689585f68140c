package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.TestSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times a runner's start until all English models are loaded and it is ready. */
@Command(
    name = "cold-start",
    mixinStandardHelpOptions = true,
    description =
        "Starts runners with and without the AOT cache and prints how long they take and what they"
            + " weigh; takes about a minute.")
public final class ColdStartCommand implements Callable<Integer> {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String CACHE_MADE = "the AOT cache is made";
  private static final Pattern READY =
      Pattern.compile("runner \\d+ is ready after (\\d+) ms with ([\\d.]+) ?(\\w+)");

  @Option(names = "--repeat", defaultValue = "5", description = "Starts of each (default: 5).")
  private int repeat = 5;

  @Option(
      names = "--report",
      defaultValue = "cold-start.html",
      description = "Where to write the report (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("cold-start.html");

  @Override
  public Integer call() throws IOException {
    Table table = Table.of("Start of a runner", "cache", "median ms", "slowest ms", "memory");
    measure("none", false, table);
    measure("AOT", true, table);
    Report report =
        Report.titled("Start of a runner")
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .condition("starts of each", repeat)
            .text("From the start of the process until every handler is warm.")
            .table(table);
    report.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    report.write(file);
    return 0;
  }

  private void measure(String name, boolean cached, Table table) throws IOException {
    List<Integer> millis = new ArrayList<>();
    String memory = "";
    String[] options =
        cached
            ? new String[] {"--runners", "1"}
            : new String[] {"--runners", "1", "--no-aot-cache"};
    try (TestSystem system = TestSystem.start(options)) {
      awaitReady(system, 1);
      if (cached) {
        Await.until(
            "the cache", BOUND, () -> system.worker().log().contains(CACHE_MADE), made -> made);
      }
      for (int run = 0; run < repeat; run++) {
        int before = count(system);
        system.worker().terminate();
        system.restartWorker(options);
        awaitReady(system, before + 1);
        MatchResult last = last(system);
        millis.add(Integer.parseInt(last.group(1)));
        memory = last.group(2) + " " + last.group(3);
      }
    }
    Collections.sort(millis);
    table.row(name, millis.get(millis.size() / 2), millis.getLast(), memory);
  }

  private static void awaitReady(TestSystem system, int times) {
    Await.until("a ready runner", BOUND, () -> count(system), count -> count >= times);
  }

  private static int count(TestSystem system) {
    return (int) READY.matcher(system.worker().log()).results().count();
  }

  private static MatchResult last(TestSystem system) {
    return READY
        .matcher(system.worker().log())
        .results()
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
