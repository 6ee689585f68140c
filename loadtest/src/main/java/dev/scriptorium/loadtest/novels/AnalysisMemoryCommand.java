package dev.scriptorium.loadtest.novels;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.FileTree;
import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.loadtest.system.SystemProcess;
import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Book;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the analysis of novels takes of the memory of the machine, in the whole system. */
@Command(
    name = "analysis-memory",
    mixinStandardHelpOptions = true,
    description = {
      "Imports many novels, one after the other, with a worker of one runner that is never"
          + " replaced,",
      "and then one of 500,000 words; looks at the resident memory of the runner. Takes about two",
      "minutes. Ends with 1 when a goal is missed."
    })
public final class AnalysisMemoryCommand implements Callable<Integer> {
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final String NEVER = "1000000";
  private static final double MOST_MB = 300;
  // A collector leaves more behind at one time than at another.
  private static final double MOST_GROWTH = 1.05;

  @Option(names = "--novels", defaultValue = "50", description = "How many (${DEFAULT-VALUE}).")
  private int count = 50;

  @Option(
      names = "--words",
      defaultValue = "50000",
      description = "Words of each (${DEFAULT-VALUE}).")
  private int words = 50_000;

  @Option(
      names = "--large",
      defaultValue = "500000",
      description = "Words of the last one (${DEFAULT-VALUE}).")
  private int largeWords = 500_000;

  @Option(
      names = "--runner-heap",
      description = "Heap of the runner; that of the worker by default.")
  private @Nullable String heap;

  @Option(names = "--report", description = "Also write the figures to this HTML file.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException {
    Novels novels = Novels.find(Installation.find());
    Path folder = Files.createTempDirectory("novels");
    try {
      return measure(novels, folder);
    } finally {
      FileTree.delete(folder);
    }
  }

  private int measure(Novels novels, Path folder) throws IOException {
    Verdicts verdicts = new Verdicts();
    Table table = Table.of("Resident memory of the runner, MB", "novels", "after them", "most");
    try (TestSystem system = TestSystem.start(options());
        Api api = system.api()) {
      api.awaitRunners(1, BOUND);
      many(system, api, novels, folder, table, verdicts);
      Path large = novels.write(folder, largeWords, count + 1);
      double most = imported(api, large);
      table.row("one of " + largeWords + " words", resident(system), most);
      verdicts.atMost("novel of " + largeWords + " words, most resident MB", MOST_MB, most);
    }
    Report page =
        Report.titled("Memory of the analysis")
            .condition("text", novels.origin())
            .condition("novels", count + " of " + words + " words")
            .condition("heap of the runner", heap == null ? "default" : heap)
            .table(table)
            .table(verdicts.table());
    page.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    if (report != null) {
      page.write(report);
    }
    return verdicts.met() ? 0 : 1;
  }

  private String[] options() {
    List<String> options =
        new ArrayList<>(
            List.of("--runners", "1", "--spare-runners", "0", "--recycle-after", NEVER));
    if (heap != null) {
      options.addAll(List.of("--runner-heap", heap));
    }
    return options.toArray(String[]::new);
  }

  private void many(
      TestSystem system, Api api, Novels novels, Path folder, Table table, Verdicts verdicts)
      throws IOException {
    Set<Long> runners = new HashSet<>();
    List<Double> after = new ArrayList<>();
    double most = 0;
    for (int number = 1; number <= count; number++) {
      Path novel = novels.write(folder, words, number);
      most = Math.max(most, imported(api, novel));
      Files.delete(novel);
      system.runners().forEach(runner -> runners.add(runner.pid()));
      after.add(resident(system));
      if (number == 1 || number % 10 == 0) {
        table.row(number, after.getLast(), most);
      }
    }
    // What is compiled and cached in the first novels is no growth.
    int third = Math.max(1, count / 3);
    double early = median(after.subList(count > third ? third : 0, Math.min(count, 2 * third)));
    double late = median(after.subList(count - third, count));
    verdicts.atMost("runners that worked", 1, runners.size());
    verdicts.atMost("growth from the second third to the last, ratio", MOST_GROWTH, late / early);
  }

  /** Imports a book and gives the most memory that one of its attempts had, in MB. */
  private static double imported(Api api, Path file) throws IOException {
    String name = api.upload(file).getBook().getName();
    api.awaitBook(name, BOUND, book -> book.getState() == Book.State.STATE_ANALYZED);
    return api.jobs(name).stream()
            .filter(job -> job.getKind().equals("analyze") || job.getKind().equals("summarize"))
            .flatMap(job -> job.getAttemptsList().stream())
            .mapToLong(Attempt::getPeakMemoryBytes)
            .max()
            .orElse(0)
        / 1e6;
  }

  private static double resident(TestSystem system) throws IOException {
    double megabytes = 0;
    for (ProcessHandle runner : system.runners()) {
      megabytes = Math.max(megabytes, SystemProcess.residentBytes(runner.pid()) / 1e6);
    }
    return megabytes;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
