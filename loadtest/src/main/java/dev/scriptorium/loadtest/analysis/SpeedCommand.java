package dev.scriptorium.loadtest.analysis;

import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.plugin.analysis.AnalysisHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a novel is tagged, read and analyzed, beside the library's pipeline in the same run. */
@Command(
    name = "analysis-speed",
    mixinStandardHelpOptions = true,
    description =
        "Reads a novel of 100,000 words with the library and with the plugin, and prints medians of"
            + " CPU time; then analyzes it in a new process, and by one thread and two. Takes about"
            + " two minutes. Ends with 1 when a goal is missed.")
public final class SpeedCommand implements Callable<Integer> {
  private static final double WARM_UP_SECONDS = 2;

  @Option(names = "--repeat", defaultValue = "7", description = "Runs of each (default: 7).")
  private int repeat = 7;

  @Option(
      names = "--part",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}. All by default.")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  private boolean missed;

  /** What can be measured by itself. */
  private enum Part {
    /** Tags, and sentences, tokens and tags, beside the library. */
    READING,
    /** The analysis of a whole novel. */
    NOVEL,
    /** Two novels at once. */
    THREADS
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    if (parts.contains(Part.READING)) {
      beside(new Reading()).print(out);
    }
    if (parts.contains(Part.NOVEL)) {
      whole().print(out);
    }
    if (parts.contains(Part.THREADS)) {
      threads().print(out);
    }
    out.flush();
    return missed ? 1 : 0;
  }

  private Table beside(Reading reading) {
    Table table =
        Table.of("Reading a novel, one thread", "what", "tokens a CPU s", "ratio", "goal");
    double tags = measure(reading::libraryTags);
    table.row("tags, library", reading.tokens() / tags, 1, "");
    ratio(table, "tags, words remembered", reading, tags, measure(reading::warmTags), 20);
    ratio(table, "tags, no word remembered", reading, tags, measure(reading::coldTags), 10);
    double text = measure(reading::libraryText);
    table.row("sentences, tokens, tags, library", reading.tokens() / text, 1, "");
    ratio(
        table,
        "sentences, tokens, tags, remembered",
        reading,
        text,
        measure(reading::warmText),
        15);
    ratio(table, "sentences, tokens, tags, not", reading, text, measure(reading::coldText), 6);
    return check(table, "tags that differ", reading.differences(), 0, true);
  }

  private void ratio(
      Table table, String what, Reading reading, double library, double seconds, double goal) {
    double ratio = library / seconds;
    row(table, ratio >= goal, what, reading.tokens() / seconds, ratio, "at least " + goal);
  }

  private Table whole() throws IOException, InterruptedException {
    Table table = Table.of("Analysis of a novel, whole", "what", "figure", "", "goal");
    NovelRun first = NovelRun.inNewProcess();
    check(table, "from the start of a process, one core, s", first.seconds(), 5, true);
    check(table, "heap of models and lexicons, MiB", first.heapBytes() / 1048576.0, 60, true);
    AnalysisHandler handler = new AnalysisHandler();
    handler.warm();
    List<String> chapters = Novel.load().chapters();
    double seconds = measure(() -> NovelRun.analyze(handler, chapters));
    return check(table, "in a warm process, one thread, CPU s", seconds, 2, true);
  }

  private Table threads() throws IOException {
    Table table = Table.of("Two novels at once", "what", "figure", "", "goal");
    AnalysisHandler handler = new AnalysisHandler();
    handler.warm();
    List<String> chapters = Novel.load().chapters();
    double gain = NovelRun.gainOfTwoThreads(handler, chapters, repeat);
    return check(table, "two threads against one", gain, 1.8, false);
  }

  private Table check(Table table, String what, double figure, double goal, boolean most) {
    boolean good = most ? figure <= goal : figure >= goal;
    return row(table, good, what, figure, "", (most ? "at most " : "at least ") + goal);
  }

  private Table row(Table table, boolean good, Object... cells) {
    missed |= !good;
    return good ? table.row(cells) : table.badRow(cells);
  }

  /** Median CPU seconds of this thread, once the work has gone on long enough to be compiled. */
  private double measure(IntSupplier work) {
    double warmed = 0;
    for (int i = 0; i < 2 || warmed < WARM_UP_SECONDS; i++) {
      warmed += seconds(work);
    }
    double[] seconds = new double[repeat];
    Arrays.setAll(seconds, _ -> seconds(work));
    Arrays.sort(seconds);
    return seconds[repeat / 2];
  }

  private static double seconds(IntSupplier work) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    if (work.getAsInt() == 0) {
      throw new IllegalStateException("Nothing was read");
    }
    return (threads.getCurrentThreadCpuTime() - before) / 1e9;
  }
}
