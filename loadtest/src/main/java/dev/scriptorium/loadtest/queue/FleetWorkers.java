package dev.scriptorium.loadtest.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many workers in one process, each with a connection of its own. Ends when it is told to. */
@Command(name = "fleet-workers", hidden = true, description = "Many workers in one process.")
public final class FleetWorkers implements Callable<Integer> {
  private static final int CHURN_MILLIS = 100;

  @Option(names = "--server", required = true, description = "Host and port.")
  private String server = "";

  @Option(names = "--key-file", required = true, description = "File with the workers' key.")
  private Path keyFile = Path.of("");

  @Option(names = "--board", required = true, description = "File shared with who measures.")
  private Path boardFile = Path.of("");

  @Option(names = "--workers", required = true, description = "How many.")
  private int count;

  @Option(names = "--slots", required = true, description = "Jobs that each runs at once.")
  private int slots;

  @Option(names = "--seed", required = true, description = "Of durations and breaks.")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetBoard board = new FleetBoard(boardFile);
    SplittableRandom random = new SplittableRandom(seed);
    String key = Files.readString(keyFile).strip();
    List<FleetWorker> workers = new ArrayList<>();
    try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(2)) {
      for (int i = 0; i < count; i++) {
        workers.add(
            new FleetWorker("fleet-" + i, server, key, slots, random.split(), board, timer));
      }
      board.set(FleetBoard.Count.BEGUN_AT, System.nanoTime());
      workers.forEach(FleetWorker::connect);
      var _ =
          timer.scheduleWithFixedDelay(
              () -> {
                if (board.get(FleetBoard.Count.CHURN) == 1) {
                  workers.get(random.nextInt(count)).leaveForAWhile();
                }
              },
              CHURN_MILLIS,
              CHURN_MILLIS,
              TimeUnit.MILLISECONDS);
      while (board.get(FleetBoard.Count.END) == 0) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      timer.shutdownNow();
    }
    workers.forEach(FleetWorker::close);
    return 0;
  }
}
