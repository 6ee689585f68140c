package dev.scriptorium.loadtest.analysis;

import dev.scriptorium.plugin.analysis.AnalysisHandler;
import dev.scriptorium.plugin.analysis.local.TextJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A process that analyzes one novel and ends: {@link #main} is what it runs.
 *
 * @param seconds from its start to the last passage
 * @param heapBytes what is live after the models were loaded, less what was before
 */
record NovelRun(double seconds, long heapBytes) {
  private static final int PAIRS_BEFORE = 6;

  /** Loads the models, analyzes a novel, and prints how long it took and what the models weigh. */
  public static void main(String[] arguments) throws IOException {
    List<String> chapters = Novel.load().chapters();
    long before = liveBytes();
    AnalysisHandler handler = new AnalysisHandler();
    handler.warm();
    long models = liveBytes() - before;
    analyze(handler, chapters);
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println((System.currentTimeMillis() - started) / 1e3 + " " + models);
    if (handler.capabilities().isEmpty()) {
      throw new IllegalStateException("The models must live to here");
    }
  }

  /** Number of passages of a novel. */
  static int analyze(AnalysisHandler handler, List<String> chapters) {
    try {
      return TextJob.book(handler, chapters, "").passages().size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On one core, with the heap of a runner. */
  static NovelRun inNewProcess() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            "taskset",
            "-c",
            "0",
            java,
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            NovelRun.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("The process ended with " + process.exitValue());
    }
    String[] figures = printed.strip().split(" ", -1);
    return new NovelRun(Double.parseDouble(figures[0]), Long.parseLong(figures[1]));
  }

  /**
   * How much faster two novels are analyzed by two threads than by one: the median of pairs, after
   * some that do not count, in which the compiler's threads take a core of their own.
   */
  static double gainOfTwoThreads(AnalysisHandler handler, List<String> chapters, int repeat) {
    List<Double> gains = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = -PAIRS_BEFORE; i < repeat; i++) {
        long start = System.nanoTime();
        analyze(handler, chapters);
        analyze(handler, chapters);
        long middle = System.nanoTime();
        CompletableFuture.allOf(
                Stream.of(0, 1)
                    .map(_ -> CompletableFuture.runAsync(() -> analyze(handler, chapters), threads))
                    .toArray(CompletableFuture[]::new))
            .join();
        double gain = (middle - start) / (double) (System.nanoTime() - middle);
        if (i >= 0) {
          gains.add(gain);
        }
      }
    }
    Collections.sort(gains);
    return gains.get(repeat / 2);
  }

  private static long liveBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
