package dev.scriptorium.loadtest.queue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.LoneServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** Other queues in the same database server, measured by a folder of their own. */
final class Peers {
  private static final String OURS = "scriptorium:fast";
  private static final String GRAPHILE = "graphile-worker:fast";
  private static final String RAW = "raw-jdbc:fast";
  private static final double GRAPHILE_RATIO = 2;
  private static final double RAW_RATIO = 1.7;

  private final LoneServer server;
  private final Path folder;
  private final QueueFigures.Extent extent;
  private final Report page;
  private final Verdicts verdicts;

  Peers(
      LoneServer server, Path folder, QueueFigures.Extent extent, Report page, Verdicts verdicts) {
    this.server = server;
    this.folder = folder;
    this.extent = extent;
    this.page = page;
    this.verdicts = verdicts;
  }

  void run() throws IOException, SQLException, InterruptedException {
    Path answers = server.folder().resolve("peers.json");
    Process process = start(answers);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IOException("run.sh of the peers ended with " + exit);
    }
    report(JsonParser.parseString(Files.readString(answers)).getAsJsonObject());
  }

  private Process start(Path answers) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(folder.toAbsolutePath().resolve("run.sh").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(server.folder().resolve("peers.log").toFile());
    Map<String, String> environment = builder.environment();
    environment.put(
        "QUEUE_BENCH_URL",
        "postgres://%s:%s@127.0.0.1:%d/%s"
            .formatted(Sql.USER, server.databasePassword(), server.databasePort(), Sql.OURS));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SKIP_FLOOR", "1");
    environment.put(
        "PEERS", String.join(" ", OURS, GRAPHILE, "pg-boss:fast db-scheduler:fast", RAW));
    environment.put("ADAPTER_SCRIPTORIUM", String.join(" ", server.adapter()));
    environment.put("JOBS", Integer.toString(extent.jobs()));
    environment.put("REPS", Integer.toString(Math.min(3, extent.repeat())));
    environment.put("JSON_OUT", answers.toString());
    return builder.start();
  }

  private void report(JsonObject peers) {
    Table table =
        Table.of(
            "Peers in the same database, medians",
            "peer",
            "bulk enqueue/s",
            "drain/s",
            "pickup p50 ms",
            "pickup p99 ms",
            "WAL bytes a job",
            "dead rows");
    peers
        .entrySet()
        .forEach(
            peer -> {
              JsonArray runs = peer.getValue().getAsJsonArray();
              table.row(
                  peer.getKey(),
                  Math.round(median(runs, "bulk")),
                  Math.round(median(runs, "drain")),
                  median(runs, "p50"),
                  median(runs, "p99"),
                  Math.round(median(runs, "walEnqueue") + median(runs, "walDrain")),
                  Math.round(
                      runs.get(0)
                          .getAsJsonObject()
                          .getAsJsonObject("after")
                          .get("dead")
                          .getAsDouble()));
            });
    page.table(table);
    ratio(peers, GRAPHILE, GRAPHILE_RATIO);
    ratio(peers, RAW, RAW_RATIO);
  }

  private void ratio(JsonObject peers, String other, double wanted) {
    if (peers.has(OURS) && peers.has(other)) {
      verdicts.atLeast(
          "drain, ratio to " + other,
          wanted,
          median(peers.getAsJsonArray(OURS), "drain")
              / median(peers.getAsJsonArray(other), "drain"));
    }
  }

  private static double median(JsonArray runs, String field) {
    Figures figures = new Figures();
    for (JsonElement run : runs) {
      figures.add(run.getAsJsonObject().get(field).getAsDouble());
    }
    return figures.median();
  }
}
