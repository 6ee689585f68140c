package dev.scriptorium.loadtest.queue;

import com.google.gson.Gson;
import dev.scriptorium.loadtest.system.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * This queue behind the line protocol by which other queues are measured: a command a line on
 * standard input, an answer of JSON on standard output. Speaks to a server that is running.
 */
@Command(name = "queue-adapter", hidden = true, description = "Speaks the protocol of the peers.")
public final class PeerAdapter implements Callable<Integer> {
  // A job has one final outcome at most. To look for that of each would take longer than to do it.
  private static final String UNFINISHED =
      """
      select from generate_series(1,
        (select count(*) from scriptorium.job)
        - (select count(*) from scriptorium.outcome where final))
      """;

  // Of a queue that is idle, so that nothing of it is in the server's memory.
  private static final String EMPTY =
      "truncate scriptorium.job, scriptorium.dispatch, scriptorium.outcome";

  @Option(names = "--server", required = true, description = "Host and port.")
  private String server = "";

  @Option(names = "--keys", required = true, description = "Folder with the server's keys.")
  private Path keys = Path.of("");

  @Parameters(arity = "0..*", description = "Name and configuration of the peer.")
  private List<String> peer = new ArrayList<>();

  private @Nullable Feeder feeder;
  private @Nullable Tally tally;
  private @Nullable Thread worker;
  private long startedBefore;

  @Override
  public Integer call() throws IOException, SQLException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.strip().split(" ");
        System.out.println("@" + new Gson().toJson(answer(words)));
        if (words[0].equals("quit")) {
          // The worker's thread would go on.
          System.exit(0);
        }
      }
    }
    return 0;
  }

  private Map<String, ?> answer(String[] words) throws IOException, SQLException {
    return switch (words[0]) {
      case "info" ->
          Map.of(
              "schema",
              "scriptorium",
              "settings",
              String.join(":", peer)
                  + ", one server, one worker with "
                  + Rig.MANY_SLOTS
                  + " slots, history kept",
              "unfinished",
              UNFINISHED);
      case "reset" -> reset();
      case "open" -> open();
      case "single" -> single(number(words[1]), number(words[2]), number(words[3]));
      case "bulk" -> bulk(number(words[1]));
      case "start" -> work(Rig.MANY_SLOTS);
      case "stop" -> work(0);
      case "zero" -> zero();
      case "count" -> Map.of("count", tally().get(Tally.Count.STARTED) - startedBefore);
      case "seq" -> samples(number(words[1]), number(words[2]));
      case "times" -> times();
      case "quit" -> Map.of();
      default -> Map.of("error", "unknown command " + words[0]);
    };
  }

  private static int number(String word) {
    return Integer.parseInt(word);
  }

  private static Map<String, ?> reset() throws SQLException {
    URI address = URI.create(System.getenv("QUEUE_BENCH_URL"));
    String[] login = address.getUserInfo().split(":", 2);
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://" + address.getAuthority().split("@", 2)[1] + address.getPath(),
            login[0],
            login[1])) {
      Sql.execute(connection, EMPTY);
    }
    return Map.of();
  }

  private Map<String, ?> open() throws IOException {
    feeder = new Feeder(Api.connect(server, key("operator.key")));
    Path file = Files.createTempFile("tally", "");
    file.toFile().deleteOnExit();
    tally = new Tally(file);
    return Map.of();
  }

  private String key(String file) throws IOException {
    return Files.readString(keys.resolve(file)).strip();
  }

  private Map<String, ?> single(int most, int callers, int capMillis) {
    long start = System.nanoTime();
    int done = feeder().single(callers, most, TimeUnit.MILLISECONDS.toNanos(capMillis));
    return counted(done, start);
  }

  private Map<String, ?> bulk(int jobs) {
    long start = System.nanoTime();
    double _ = feeder().bulk(jobs);
    return counted(jobs, start);
  }

  private static Map<String, ?> counted(int jobs, long start) {
    return Map.of("n", jobs, "ms", (System.nanoTime() - start) / 1e6);
  }

  private Map<String, ?> work(int slots) throws IOException {
    Tally shared = tally();
    if (worker == null) {
      String key = key("worker.key");
      worker = Thread.ofPlatform().daemon().start(() -> worker(shared, key));
    }
    shared.set(Tally.Count.SLOTS, slots);
    return Map.of();
  }

  private void worker(Tally shared, String key) {
    try {
      NoopWorker.work(server, key, shared, "noop " + ProcessHandle.current().pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, ?> zero() {
    startedBefore = tally().get(Tally.Count.STARTED);
    tally().forgetSamples();
    return Map.of();
  }

  private Map<String, ?> samples(int count, int gapMillis) {
    List<String> sent = new ArrayList<>();
    List<String> acked = new ArrayList<>();
    long next = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      Feeder.Call call = feeder().sample(i);
      sent.add(Long.toString(call.sent()));
      acked.add(Long.toString(call.answered()));
      next += TimeUnit.MILLISECONDS.toNanos(gapMillis);
      LockSupport.parkNanos(next - System.nanoTime());
    }
    return Map.of("sent", sent, "acked", acked);
  }

  private Map<String, ?> times() {
    List<Integer> ids = new ArrayList<>();
    List<String> at = new ArrayList<>();
    for (int sample = 1; sample <= Tally.SAMPLES; sample++) {
      long started = tally().startedAt(sample);
      if (started != 0) {
        ids.add(sample - 1);
        at.add(Long.toString(started));
      }
    }
    return Map.of("ids", ids, "at", at);
  }

  private Feeder feeder() {
    return opened(feeder);
  }

  private Tally tally() {
    return opened(tally);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("open first");
    }
    return part;
  }
}
