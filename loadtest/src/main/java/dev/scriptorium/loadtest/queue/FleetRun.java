package dev.scriptorium.loadtest.queue;

import com.google.protobuf.ByteString;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.loadtest.system.SystemProcess;
import dev.scriptorium.v1.NewJob;
import dev.scriptorium.v1.SubmitJobsRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** One server, one fleet, and what is measured of them. One thread. */
final class FleetRun implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final int SAMPLES = 500;
  private static final int BATCH = 1000;
  private static final double MIB = 1 << 20;

  private final LoneServer server;
  private final FleetFigures.Extent extent;
  private final FleetBoard board;
  private final SystemProcess fleet;
  private final FleetServer observed;

  private FleetRun(LoneServer server, FleetFigures.Extent extent) throws IOException {
    this.server = server;
    this.extent = extent;
    this.observed = new FleetServer(server);
    Path file = server.folder().resolve("board");
    board = new FleetBoard(file);
    fleet =
        server.companion(
            "fleet-workers",
            List.of(
                "fleet-workers",
                "--server",
                server.address(),
                "--key-file",
                server.dataDir().resolve("keys/worker.key").toString(),
                "--board",
                file.toString(),
                "--workers",
                Integer.toString(extent.workers()),
                "--slots",
                Integer.toString(extent.slots()),
                "--seed",
                Long.toString(extent.seed())));
  }

  static FleetRun start(String heap, FleetFigures.Extent extent) throws IOException {
    LoneServer server = LoneServer.start(heap);
    FleetRun run = null;
    try {
      run = new FleetRun(server, extent);
      return run;
    } finally {
      if (run == null) {
        server.close();
      }
    }
  }

  void measure(Report page, Verdicts verdicts) throws IOException, SQLException {
    await("the fleet", () -> connected() >= extent.workers());
    double registered = seconds(board.get(FleetBoard.Count.BEGUN_AT));
    // The compilers have to be done with it.
    sample();
    board.forget(FleetBoard.Delay.PICKUP);
    sample();
    double share = idle();
    double pickup50 = board.millis(FleetBoard.Delay.PICKUP, 0.5);
    double pickup99 = board.millis(FleetBoard.Delay.PICKUP, 0.99);

    FleetServer.Use idle = observed.use();
    board.set(FleetBoard.Count.CHURN, 1);
    long before = board.get(FleetBoard.Count.COMMITTED);
    long start = System.nanoTime();
    CompletableFuture<Void> submitting = CompletableFuture.runAsync(this::submit);
    awaitCommitted(before + extent.jobs() / 2);
    double rate = extent.jobs() / 2.0 / seconds(start);
    FleetServer.Use busy = observed.use();

    long killed = System.nanoTime();
    server.restart();
    double up = seconds(killed);
    long ready = System.nanoTime();
    await("the fleet's return", () -> connected() >= extent.workers() - awayAtMost());
    double back = seconds(ready);
    submitting.join();
    await("the last job", () -> outcomes() >= submitted());
    double whole = seconds(start);
    board.set(FleetBoard.Count.CHURN, 0);

    page.table(
        Table.of("Fleet", "what", "value")
            .row("time until all are registered, s", registered)
            .row("pickup by an idle fleet, ms, p50", pickup50)
            .row("pickup by an idle fleet, ms, p99", pickup99)
            .row("jobs a second, first half, with breaks", rate)
            .row("next job of a slot, ms, p50", board.millis(FleetBoard.Delay.REFILL, 0.5))
            .row("next job of a slot, ms, p99", board.millis(FleetBoard.Delay.REFILL, 0.99))
            .row("time from kill -9 to the server's start, s", up)
            .row("time from then until all are back, s", back)
            .row("time for all jobs, restart included, s", whole)
            .row("workers that left and came back", board.get(FleetBoard.Count.LEFT))
            .row("attempts begun", board.get(FleetBoard.Count.STARTED))
            .row("ends that were fenced", board.get(FleetBoard.Count.FENCED)));
    double cpu = (busy.cpuMicros() - idle.cpuMicros()) / (extent.jobs() / 2.0);
    page.table(
        Table.of("Server", "what", "value")
            .row("processors used while the fleet is idle", share)
            .row("processor time a job, us, first half", cpu)
            .row("resident memory when idle, MiB", idle.residentBytes() / MIB)
            .row("resident memory when busy, MiB", busy.residentBytes() / MIB)
            .row("heap in use when busy, MiB", busy.heapBytes() / MIB));
    verdicts.atMost("all registered, s", 5, registered);
    verdicts.atMost("processors used while the fleet is idle", 0.2, share);
    verdicts.atMost("pickup p50, ms", 10, pickup50);
    verdicts.atMost("pickup p99, ms", 50, pickup99);
    verdicts.atLeast("jobs a second", 2000, rate);
    verdicts.atMost("all back after the restart, s", 5, back);
    verdicts.atMost("resident memory of the server, MiB", 1024, busy.residentBytes() / MIB);
    judgeLedger(verdicts);
  }

  // Every job exactly one final end.
  private void judgeLedger(Verdicts verdicts) throws IOException, SQLException {
    try (Connection sql = Sql.connect(server, Sql.OURS)) {
      verdicts.atMost(
          "jobs too many or too few",
          0,
          (double) Math.abs(Sql.number(sql, "select count(*) from job") - submitted()));
      verdicts.atMost(
          "jobs lost",
          0,
          (double)
              Sql.number(
                  sql,
                  """
                  select count(*) from job
                  where not exists (select from outcome
                    where job_id = id and final and ending = 'SUCCEEDED')
                  """));
      verdicts.atMost(
          "jobs doubled",
          0,
          (double)
              Sql.number(
                  sql,
                  """
                  select count(*) from (select from outcome where final
                    group by job_id having count(*) > 1)
                  """));
    }
  }

  // Nothing but heartbeats.
  private double idle() throws IOException {
    long start = System.nanoTime();
    long before = observed.use().cpuMicros();
    LockSupport.parkNanos(IDLE.toNanos());
    return (observed.use().cpuMicros() - before) / 1e6 / seconds(start);
  }

  private long submitted() {
    return extent.jobs() + 2L * SAMPLES;
  }

  private int awayAtMost() {
    return Math.max(1, extent.workers() / 50);
  }

  private long connected() {
    return board.get(FleetBoard.Count.CONNECTED);
  }

  private long outcomes() throws IOException, SQLException {
    try (Connection sql = Sql.connect(server, Sql.OURS)) {
      return Sql.number(sql, "select count(*) from outcome where final");
    }
  }

  private void awaitCommitted(long wanted) {
    await("half of the jobs", () -> board.get(FleetBoard.Count.COMMITTED) >= wanted);
  }

  private void await(String what, Callable<Boolean> condition) {
    Await.until(
        what,
        BOUND,
        () -> {
          if (!fleet.alive()) {
            throw new AssertionError("the fleet has ended:\n" + fleet.log());
          }
          return condition.call();
        });
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  // One at a time: the fleet does nothing else.
  private void sample() throws IOException {
    try (Api api = server.api()) {
      for (int i = 0; i < SAMPLES; i++) {
        ByteString now =
            ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, System.nanoTime()));
        NewJob job = NewJob.newBuilder().setKind("noop").setPayload(now).build();
        api.jobs().submitJobs(SubmitJobsRequest.newBuilder().addJobs(job).build());
      }
    }
  }

  // A request that was not answered is made again, under the same id.
  private void submit() {
    NewJob job = NewJob.newBuilder().setKind("noop").build();
    try (Api api = server.api()) {
      for (int done = 0; done < extent.jobs(); done += BATCH) {
        submit(
            api,
            SubmitJobsRequest.newBuilder()
                .setRequestId("fleet-" + done)
                .addAllJobs(Collections.nCopies(Math.min(BATCH, extent.jobs() - done), job))
                .build());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void submit(Api api, SubmitJobsRequest request) {
    List<Boolean> answered = new ArrayList<>();
    Await.until(
        "an answer",
        BOUND,
        () -> {
          try {
            answered.add(api.jobs().submitJobs(request).getNamesCount() > 0);
          } catch (StatusRuntimeException e) {
            // The server is away; it will come back.
          }
          return !answered.isEmpty();
        });
  }

  @Override
  public void close() {
    board.set(FleetBoard.Count.END, 1);
    fleet.close();
    server.close();
  }
}
