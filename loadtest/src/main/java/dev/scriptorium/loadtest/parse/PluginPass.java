package dev.scriptorium.loadtest.parse;

import dev.scriptorium.loadtest.bench.CountingSink;
import dev.scriptorium.loadtest.bench.FileJob;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Ours, to the full book model, with one handler for each thread. */
final class PluginPass implements Contender {
  private final String name;
  private final String mediaType;
  private final Path scratch;
  private final List<JobHandler> handlers = new ArrayList<>();
  private final Map<Path, List<Long>> firstChapters = new ConcurrentHashMap<>();

  PluginPass(String name, String mediaType, Supplier<JobHandler> handler, int threads, Path scratch)
      throws IOException {
    this.name = name;
    this.mediaType = mediaType;
    this.scratch = scratch;
    for (int i = 0; i < threads; i++) {
      JobHandler made = handler.get();
      made.warm();
      handlers.add(made);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long pass(List<Path> files) throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Callable<Long>> tasks = new ArrayList<>();
    for (JobHandler handler : handlers) {
      Path own = Files.createDirectories(scratch.resolve("thread-" + tasks.size()));
      tasks.add(() -> work(handler, files, next, own));
    }
    long count = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(handlers.size())) {
      for (Future<Long> one : threads.invokeAll(tasks)) {
        count += one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return count;
  }

  /**
   * How long a book kept its reader waiting.
   *
   * @param millis from the begin of its job to its first chapter, the median of all passes
   */
  record FirstChapter(Path file, double millis) {}

  /** Of all books the one whose first chapter came latest. */
  FirstChapter slowestFirstChapter() {
    return firstChapters.entrySet().stream()
        .map(entry -> new FirstChapter(entry.getKey(), medianMillis(entry.getValue())))
        .max(Comparator.comparingDouble(FirstChapter::millis))
        .orElseThrow();
  }

  private static double medianMillis(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e6;
  }

  private long work(JobHandler handler, List<Path> files, AtomicInteger next, Path scratch)
      throws IOException, InterruptedException {
    long count = 0;
    for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
      CountingSink sink = new CountingSink();
      long begin = System.nanoTime();
      try {
        handler.handle(new FileJob(files.get(i), mediaType, scratch), sink);
      } catch (JobFailure e) {
        throw new IOException(files.get(i) + ": " + e.getMessage(), e);
      }
      firstChapters
          .computeIfAbsent(files.get(i), _ -> new ArrayList<>())
          .add(sink.firstChapterAt() - begin);
      count += sink.pages() > 0 ? sink.pages() : sink.characters();
    }
    return count;
  }
}
