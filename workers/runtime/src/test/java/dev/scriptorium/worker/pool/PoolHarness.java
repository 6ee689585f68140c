package dev.scriptorium.worker.pool;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.files.JobDirectory;
import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.JobFailed;
import dev.scriptorium.worker.v1.JobFile;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.StartJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A pool of real runners with the test plugin, driven from a test's thread. */
final class PoolHarness implements AutoCloseable {
  private static final int BOUND_SECONDS = 60;

  final RunnerPool pool;

  /** The free slots at each change of the pool. */
  final List<Integer> slots = new CopyOnWriteArrayList<>();

  private final EventLoop loop = new EventLoop();
  private final RunnerLauncher launcher;
  private final Path folder;
  private final BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
  private int jobs;

  /** How a job ended. */
  sealed interface End {
    record Finished(JobFinished message, RunnerUsage usage, Path directory) implements End {}

    record Failed(JobFailed message, boolean late) implements End {}

    record Crashed(CrashReport report) implements End {}
  }

  PoolHarness(Path folder, int least, int most, int recycleAfter) throws IOException {
    this(
        folder,
        new PoolSettings(least, most, 0, ByteSize.ofMebibytes(4096), Duration.ofSeconds(60)),
        recycleAfter);
  }

  PoolHarness(Path folder, PoolSettings counts, int recycleAfter) throws IOException {
    this.folder = folder;
    Path runners = Files.createDirectories(folder.resolve("runners"));
    RunnerSettings settings =
        new RunnerSettings(
            WorkPlace.java(),
            WorkPlace.classPath(),
            runners,
            ByteSize.ofMebibytes(48),
            ByteSize.ofMebibytes(150),
            recycleAfter,
            ByteSize.ofMebibytes(1000),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            List.of("-XX:TieredStopAtLevel=1"));
    Path caches = Files.createDirectories(folder.resolve("aot"));
    // A damaged cache in place: no runner may depend on it.
    Path draft = AotCache.of(caches, settings).draft();
    Files.write(draft, new byte[100_000]);
    AotCache.of(caches, settings).publish();
    launcher = new RunnerLauncher(settings, Sandbox.probe("auto"), caches, loop);
    pool =
        new RunnerPool(
            settings,
            counts,
            // The memory of this test and of the machine must not matter.
            new MemoryGuard(counts.budget(), () -> 0, () -> 0),
            launcher,
            System::nanoTime,
            new RunnerPool.Listener() {
              @Override
              public void changed() {
                slots.add(pool().freeSlots(0));
                sizes.add(pool().size());
              }

              @Override
              public void unstartable(CrashReport report) {
                throw new IllegalStateException(report.logTail());
              }
            });
    loop.execute(pool::open);
    loop.every(Duration.ofMillis(50), pool::tick);
    awaitSize(counts.least());
  }

  private RunnerPool pool() {
    return pool;
  }

  /** Waits until so many runners are ready; gives the sizes seen meanwhile. */
  List<Integer> awaitSize(int size) {
    List<Integer> seen = new java.util.ArrayList<>();
    while (seen.isEmpty() || seen.getLast() != size) {
      try {
        Integer next = sizes.poll(BOUND_SECONDS, SECONDS);
        if (next == null) {
          throw new AssertionError("the pool never had " + size + " runners: " + seen);
        }
        seen.add(next);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return seen;
  }

  /** Runs a job with a book of these lines to its end. */
  End run(String kind, String... lines) {
    return await(start(kind, Duration.ofSeconds(50), Duration.ofSeconds(50), lines));
  }

  /** A job under way. */
  record Running(
      RunnerTask task,
      CompletableFuture<End> end,
      CompletableFuture<String> sign,
      CompletableFuture<Path> runner) {
    /** Process number of the JVM that does it, in whatever sandbox. */
    long pid() {
      String folder = runner.join() + "/tmp";
      return ProcessHandle.allProcesses()
          .filter(p -> p.info().command().orElse("").endsWith("/java"))
          .filter(p -> commandLine(p.pid()).contains(folder))
          .findFirst()
          .orElseThrow()
          .pid();
    }

    /** The JVM's flags and arguments, separated by NUL. */
    static String commandLine(long pid) {
      try {
        return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      } catch (IOException e) {
        return "";
      }
    }
  }

  /** Begins a job. */
  Running start(String kind, Duration deadline, Duration stall, String... lines) {
    return start(kind, RunnerNeeds.ordinary(0), deadline, stall, lines);
  }

  /** Begins a job that needs this. */
  Running start(
      String kind, RunnerNeeds needs, Duration deadline, Duration stall, String... lines) {
    jobs++;
    Path home = folder.resolve("job-" + jobs);
    CompletableFuture<End> end = new CompletableFuture<>();
    CompletableFuture<String> sign = new CompletableFuture<>();
    CompletableFuture<Path> runner = new CompletableFuture<>();
    Task task = new Task(home, end, sign, runner);
    loop.execute(() -> begin(kind, needs, deadline, stall, List.of(lines), task));
    return new Running(task, end, sign, runner);
  }

  End await(Running running) {
    try {
      return running.end().get(BOUND_SECONDS, SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** The folder of the runner that the next job would get; for the loop. */
  Path idleDirectory() {
    Task any =
        new Task(
            folder,
            new CompletableFuture<>(),
            new CompletableFuture<>(),
            new CompletableFuture<>());
    return pool.place(any, RunnerNeeds.ordinary(0), 1).orElseThrow();
  }

  /** Runs something on the loop and gives its value. */
  <T> T onLoop(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, loop).join();
  }

  private void begin(
      String kind,
      RunnerNeeds needs,
      Duration deadline,
      Duration stall,
      List<String> lines,
      Task task) {
    Path runner = pool.place(task, needs, 1).orElse(null);
    if (runner == null) {
      loop.after(Duration.ofMillis(20), () -> begin(kind, needs, deadline, stall, lines, task));
      return;
    }
    try {
      task.runner().complete(runner);
      JobDirectory directory = JobDirectory.create(task.directory());
      Files.write(directory.path().resolve("book"), lines);
      FileTree.delete(runner.resolve("job"));
      directory.moveInto(runner);
      StartJob.Builder start =
          StartJob.newBuilder()
              .setKind(kind)
              .setMediaType("text/plain")
              .setFileName("book.txt")
              .setDirectory(directory.path().toString())
              .setDeadlineMillis(deadline.toMillis())
              .addInputs(JobFile.newBuilder().setKind(Input.Kind.KIND_BOOK_FILE).setName("book"));
      pool.begin(start, stall, task, needs);
    } catch (IOException e) {
      task.end().completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    CompletableFuture<Boolean> empty = new CompletableFuture<>();
    loop.execute(pool::close);
    loop.every(
        Duration.ofMillis(20),
        () -> {
          if (pool.isEmpty()) {
            empty.complete(true);
          }
        });
    if (!empty.completeOnTimeout(false, BOUND_SECONDS, SECONDS).join()) {
      throw new AssertionError("runners are left");
    }
    launcher.close();
    loop.close();
  }

  private record Task(
      Path directory,
      CompletableFuture<End> end,
      CompletableFuture<String> sign,
      CompletableFuture<Path> runner)
      implements RunnerTask {
    @Override
    public void progressed(int percent, String activity) {
      sign.complete(activity);
    }

    @Override
    public void finished(JobFinished finished, RunnerUsage usage) {
      end.complete(new End.Finished(finished, usage, runner.join().resolve("job")));
    }

    @Override
    public void failed(JobFailed failed, boolean late, String logTail, RunnerUsage usage) {
      end.complete(new End.Failed(failed, late));
    }

    @Override
    public void crashed(CrashReport report, RunnerUsage usage) {
      end.complete(new End.Crashed(report));
    }
  }
}
