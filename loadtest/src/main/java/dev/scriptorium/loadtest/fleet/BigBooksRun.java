package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.ListWorkersRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** One server, one worker with a budget, and many big books at once. */
final class BigBooksRun implements Callable<BigBooksRun.Figures> {
  private static final Duration BOUND = Duration.ofMinutes(10);
  private static final int MOST_RUNNERS = 8;

  private final String name;
  private final List<Path> files;
  private final int megabytes;

  /**
   * What came of it.
   *
   * @param seconds from the first upload until the last book was analysed
   * @param mostAtOnce most attempts that ran at the same time
   * @param meanAtOnce attempts that ran, on average over the looks
   * @param memoryKills attempts that ended for want of memory
   * @param repeated attempts beyond the first of their job
   */
  record Figures(
      String name,
      long analyzed,
      double seconds,
      int mostAtOnce,
      double meanAtOnce,
      long peakBytes,
      long memoryKills,
      long repeated,
      List<Double> sampleSeconds,
      List<Double> sampleMegabytes) {}

  /**
   * @param megabytes the worker's budget
   */
  BigBooksRun(String name, List<Path> files, int megabytes) {
    this.name = name;
    this.files = files;
    this.megabytes = megabytes;
  }

  @Override
  public Figures call() throws IOException {
    try (TestSystem system =
            TestSystem.start("--memory", megabytes + "MB", "--runners", "1.." + MOST_RUNNERS);
        Api api = system.api()) {
      api.awaitRunners(1, BOUND);
      TreeMemory memory = new TreeMemory(system.worker());
      List<Integer> running = new ArrayList<>();
      long begin = System.nanoTime();
      List<String> books;
      try (memory) {
        books = upload(api);
        awaitEnd(api, books, running);
      }
      return figures(api, books, memory, running, (System.nanoTime() - begin) / 1e9);
    }
  }

  private List<String> upload(Api api) throws IOException {
    List<String> books = new ArrayList<>();
    for (Path file : files) {
      books.add(api.upload(file).getBook().getName());
    }
    return books;
  }

  private static void awaitEnd(Api api, List<String> books, List<Integer> running) {
    List<String> open = new ArrayList<>(books);
    Await.until(
        "all books to be analysed",
        BOUND,
        () -> {
          running.add(running(api));
          open.removeIf(book -> ended(api.book(book).getState()));
          return open.isEmpty();
        },
        done -> done);
  }

  private static boolean ended(Book.State state) {
    return state == Book.State.STATE_ANALYZED || state == Book.State.STATE_FAILED;
  }

  private static int running(Api api) {
    return api
        .fleet()
        .listWorkers(ListWorkersRequest.getDefaultInstance())
        .getWorkersList()
        .stream()
        .mapToInt(worker -> worker.getRunningCount())
        .sum();
  }

  private Figures figures(
      Api api, List<String> books, TreeMemory memory, List<Integer> running, double seconds) {
    long analyzed = 0;
    long kills = 0;
    long repeated = 0;
    for (String book : books) {
      analyzed += api.book(book).getState() == Book.State.STATE_ANALYZED ? 1 : 0;
      for (Job job : api.jobs(book)) {
        repeated += Math.max(0, job.getAttemptsCount() - 1);
        kills += job.getAttemptsList().stream().filter(BigBooksRun::endedByMemory).count();
      }
    }
    return new Figures(
        name,
        analyzed,
        seconds,
        running.stream().mapToInt(Integer::intValue).max().orElse(0),
        running.stream().mapToInt(Integer::intValue).average().orElse(0),
        memory.peak(),
        kills,
        repeated,
        memory.seconds(),
        memory.megabytes());
  }

  private static boolean endedByMemory(Attempt attempt) {
    return attempt.getCause().startsWith("OOM");
  }
}
