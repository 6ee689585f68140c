package dev.scriptorium.loadtest;

import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.FileTree;
import dev.scriptorium.loadtest.system.GeneratedBook;
import dev.scriptorium.loadtest.system.SystemProcess;
import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the main job from outside: start, upload, the three tiers, memory. */
@Command(
    name = "main-job",
    mixinStandardHelpOptions = true,
    description = "Starts a server and a worker, imports generated novels, prints the figures.")
final class MainJobFigures implements Callable<Integer> {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int UPLOAD_BYTES = 5_000_000;

  @Option(names = "--repeat", defaultValue = "5", description = "Runs of each (default: 5).")
  private int repeat = 5;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    Path books = Files.createTempDirectory("figures");
    try (TestSystem system = TestSystem.start();
        Api api = system.api()) {
      row("server ready", "s", seconds(start));
      api.awaitRunners(1, BOUND);
      row("first runner ready", "s", seconds(start));
      uploads(api, books);
      tiers(api, books);
      memory(system, api, books);
      return 0;
    } finally {
      FileTree.delete(books);
    }
  }

  private void uploads(Api api, Path books) throws IOException {
    List<Double> answers = new ArrayList<>();
    List<Double> floors = new ArrayList<>();
    for (int run = 0; run <= repeat; run++) {
      Path file = books.resolve("picture-book-" + run + ".epub");
      GeneratedBook.write(file, "Picture book " + run, 3, 1000, run, UPLOAD_BYTES);
      double floor = durableCopyMillis(file);
      long start = System.nanoTime();
      Book book = api.upload(file).getBook();
      // The first upload warms both sides.
      if (run > 0) {
        answers.add((System.nanoTime() - start) / 1e6);
        floors.add(floor);
      }
      awaitAnalyzed(api, book);
    }
    row("upload of 5 MB until the answer", "ms", median(answers));
    row("  floor: the same bytes copied and fsynced", "ms", median(floors));
    row("  ratio", "x", median(answers) / median(floors));
  }

  private void tiers(Api api, Path books) throws IOException {
    List<List<Double>> tiers = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int run = 0; run < repeat; run++) {
      Path file = books.resolve("novel-" + run + ".epub");
      GeneratedBook.write(file, "Novel " + run, 40, 3000, 100L + run, 0);
      Book done = awaitAnalyzed(api, api.upload(file).getBook());
      for (Stage stage : done.getStagesList()) {
        tiers.get(stage.getTier() - 1).add((double) stage.getElapsedMillis());
      }
    }
    for (int tier = 1; tier <= 3; tier++) {
      row("novel of 120,000 words, tier " + tier + " done", "ms", median(tiers.get(tier - 1)));
    }
  }

  private void memory(TestSystem system, Api api, Path books) throws IOException {
    for (int run = 0; run < 10; run++) {
      Path file = books.resolve("ten-" + run + ".epub");
      GeneratedBook.write(file, "Ten " + run, 20, 3000, 200L + run, 0);
      awaitAnalyzed(api, api.upload(file).getBook());
    }
    row("resident after ten more books: server", "MB", megabytes(system.server().pid()));
    row("  worker", "MB", megabytes(system.worker().pid()));
    for (ProcessHandle runner : system.runners()) {
      row("  runner", "MB", megabytes(runner.pid()));
    }
  }

  private static Book awaitAnalyzed(Api api, Book book) {
    return api.awaitBook(book.getName(), BOUND, b -> b.getState() == Book.State.STATE_ANALYZED);
  }

  private static double durableCopyMillis(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Path copy = file.resolveSibling("copy");
    long start = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    double millis = (System.nanoTime() - start) / 1e6;
    Files.delete(copy);
    return millis;
  }

  private void row(String what, String unit, double value) {
    out.printf(Locale.ROOT, "%-52s %10.1f %s%n", what, value, unit);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double megabytes(long pid) throws IOException {
    return SystemProcess.residentBytes(pid) / 1e6;
  }
}
