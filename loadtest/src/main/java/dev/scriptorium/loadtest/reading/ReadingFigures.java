package dev.scriptorium.loadtest.reading;

import com.google.common.util.concurrent.ListenableFuture;
import dev.scriptorium.loadtest.load.OpenLoop;
import dev.scriptorium.loadtest.load.Times;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.EchoServer;
import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.loadtest.system.ProcessorTime;
import dev.scriptorium.loadtest.system.SystemProcess;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how fast the places of many readers are kept. */
@Command(
    name = "reading",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a server with its database, and 256 readers who turn pages in open loop: at a fixed",
      "rate, whether or not the server keeps up, from this process and over gRPC. Before that the",
      "same rate of calls that do nothing, to a bare gRPC server. Exit code 1 when a goal is"
          + " missed."
    })
public final class ReadingFigures implements Callable<Integer> {
  private static final double MOST_P99_MILLIS = 25;
  private static final int CHANNELS = 8;

  @Option(names = "--rate", description = "Steps a second (default: ${DEFAULT-VALUE}).")
  private int rate = 5000;

  @Option(names = "--readers", description = "Readers (default: ${DEFAULT-VALUE}).")
  private int count = 256;

  @Option(
      names = "--seconds",
      description = "How long is measured (default: ${DEFAULT-VALUE}); a warm-up comes before.")
  private int seconds = 20;

  @Option(names = "--warm-up", description = "Seconds of it (default: ${DEFAULT-VALUE}).")
  private int warmUp = 90;

  @Option(names = "--report", description = "Also write the figures to this HTML file.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Report page =
        Report.titled("Reading")
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .condition("readers", count)
            .condition("steps a second, in open loop", rate)
            .condition("server rehearsed", Installation.find().isRehearsed());
    Verdicts verdicts = new Verdicts();
    Table table =
        Table.of("Time of a call, ms", "call", "p50", "p95", "p99", "p99.9", "a second", "failed");
    try (LoneServer server = LoneServer.start("256m")) {
      Times floor = floor(server);
      row(table, "empty echo", floor);
      try (Readers readers = Readers.create(server, count)) {
        page.condition("database", readers.durability());
        steps(server, readers, table, verdicts, floor, page);
      }
    }
    page.table(table).table(verdicts.table());
    page.print(out);
    if (report != null) {
      page.write(report);
    }
    return verdicts.met() ? 0 : 1;
  }

  private Times floor(LoneServer server) throws IOException, InterruptedException {
    Path port = server.folder().resolve("port");
    List<ManagedChannel> channels = new ArrayList<>();
    try (SystemProcess _ =
        server.companion("echo", List.of("echo", "--port-file", port.toString()))) {
      Await.until("the echo", Duration.ofSeconds(30), () -> Files.exists(port));
      String address = "127.0.0.1:" + Files.readString(port);
      for (int i = 0; i < CHANNELS; i++) {
        channels.add(
            NettyChannelBuilder.forTarget(address).usePlaintext().directExecutor().build());
      }
      OpenLoop loop = new OpenLoop(rate, n -> echo(channels.get(n % CHANNELS)));
      var _ = loop.run(0, Duration.ofSeconds(Math.max(1, warmUp / 2)));
      return loop.run(0, Duration.ofSeconds(Math.max(1, seconds / 2)));
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private static ListenableFuture<byte[]> echo(ManagedChannel channel) {
    return ClientCalls.futureUnaryCall(
        channel.newCall(EchoServer.METHOD, CallOptions.DEFAULT), new byte[0]);
  }

  private void steps(
      LoneServer server, Readers readers, Table table, Verdicts verdicts, Times floor, Report page)
      throws IOException, SQLException, InterruptedException {
    OpenLoop loop = new OpenLoop(rate, readers::turnPage);
    Times warm = loop.run(0, Duration.ofSeconds(warmUp));
    readers.resetCosts();
    long commits = readers.commits();
    ProcessorTime before = ProcessorTime.of(server.process());
    Times result = loop.run(rate * warmUp, Duration.ofSeconds(seconds));
    page.condition(
        "cores kept busy", ProcessorTime.of(server.process()).coresSince(before, seconds));
    row(table, "UpdateProgress", result);
    long committed = readers.commits() - commits;
    Table costs = Table.of("Time in the database", "statement", "calls", "mean ms", "total ms");
    for (Readers.Cost cost : readers.costs()) {
      costs.row(cost.statement(), cost.calls(), cost.meanMillis(), cost.totalMillis());
    }
    page.table(costs);
    page.condition("steps a commit", Math.round((double) result.answered() / committed))
        .condition(
            "server resident, MiB", SystemProcess.residentBytes(server.process().pid()) >> 20)
        .condition("first error", result.firstError());
    verdicts.atMost("p99 of UpdateProgress, ms", MOST_P99_MILLIS, result.millis(0.99));
    verdicts.atMost("failed", 0, result.failed());
    verdicts.atLeast("steps a second", rate * 0.99, result.perSecond());
    verdicts.atMost(
        "answered and not in the log",
        0,
        (double) warm.answered() + result.answered() - readers.steps());
    page.condition(
        "p50 over that of the echo",
        "%.1f".formatted(result.millis(0.5) / Math.max(0.001, floor.millis(0.5))));
  }

  private static void row(Table table, String name, Times result) {
    table.row(
        name,
        result.millis(0.5),
        result.millis(0.95),
        result.millis(0.99),
        result.millis(0.999),
        Math.round(result.perSecond()),
        result.failed());
  }
}
