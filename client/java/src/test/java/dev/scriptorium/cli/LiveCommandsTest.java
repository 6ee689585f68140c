package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.fake.Faults;
import dev.scriptorium.fake.SampleJobs;
import dev.scriptorium.v1.Queue;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue and the fleet, as they are and as they change. */
class LiveCommandsTest {
  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @AfterEach
  void close() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  private CommandRun onScreen(String... arguments) {
    return CommandRun.of(server, home, CommandRun.SCREEN, arguments);
  }

  @Test
  void theQueueIsATableOfKindsAndOneOfBreakers() {
    server.jobs().queues(SampleJobs.queue());

    assertThat(run("jobs", "queue").out())
        .isEqualTo(
            """
            KIND   BLOCKED  DELAYED  RUNNABLE  HELD  RUNNING  STUCK    MEAN    OLDEST  ORDERS
            ocr          1        2     1,234     3        4      5  12.3 s  3 m 20 s  paused, at most 4 run, at most 100 start a minute
            parse        0        0         0     0        1      0       -         -  no limit
            5 jobs of ocr fit no worker: they need up to 900 MiB.

            BREAKER      STATE  FAILURES  NEXT PROBE  WAITING KINDS  SERVER
            ocr-service  open          3  14:13:27    ocr            one
            """);
    server.jobs().queues(SampleJobs.queue());
    assertThat(onScreen("jobs", "queue").out().lines())
        .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void anEmptyQueueSaysSo() {
    assertThat(run("jobs", "queue").out())
        .isEqualTo("No jobs wait or run, and nothing is ordered.\n");
  }

  @Test
  void theQueueIsJsonForPrograms() {
    server.jobs().queues(SampleJobs.queue());

    var queue = JsonParser.parseString(run("jobs", "queue", "--json").out()).getAsJsonObject();

    assertThat(queue.getAsJsonArray("kinds")).hasSize(2);
    assertThat(queue.getAsJsonArray("breakers").get(0).getAsJsonObject().get("state").getAsString())
        .isEqualTo("OPEN");
  }

  @Test
  void inAPipeAWatchedQueueIsALineForEveryChange() {
    Queue first = SampleJobs.queue();
    Queue later = first.toBuilder().removeKinds(1).build();
    server.jobs().queues(first, first, later);
    server
        .faults()
        .plan("GetQueue", Faults.retryLater(Code.UNAVAILABLE, "OVERLOADED", Duration.ZERO));

    CommandRun run = run("jobs", "queue", "--watch");

    assertThat(timeless(run.out()))
        .containsExactly(
            "ocr blocked=1 delayed=2 runnable=1234 held=3 running=4 stuck=5 (paused, at most 4"
                + " run, at most 100 start a minute)",
            "parse blocked=0 delayed=0 runnable=0 held=0 running=1 stuck=0 (no limit)",
            "breaker ocr-service open failures=3 at one",
            "parse is gone");
    assertThat(run.err())
        .startsWith("scriptorium: later; trying again\nscriptorium: no longer; use the key");
  }

  private static List<String> timeless(String out) {
    return out.lines().map(line -> line.replaceFirst("^\\d\\d:\\d\\d:\\d\\d  ", "")).toList();
  }

  @Test
  void theFleetIsATableOfWorkersAndOneOfWhatTheyRun() {
    String out = run("fleet").out();

    assertThat(out)
        .startsWith(
            """
            2 workers, 1 of 3 runners busy, 3.0 GiB of 4.0 GiB free

            WORKER  STATE   HOST    BUSY  READY  START  MAX     USED     FREE   BUDGET  RECYCLED  SANDBOX  DRAIN
            demo    active  host-a     1      2      1    4  300 MiB  2.0 GiB  3.0 GiB        17  bwrap        2
            idle    quiet   host-b     0      1      0    2    0 MiB  1.0 GiB  1.0 GiB         0  none         1

            WORKER  JOB  KIND   TRY  DONE\
            """);
    assertThat(out).contains("demo      8  parse    1   40%").endsWith("chapter 12 of 40\n");
    assertThat(run("fleet", "--json").out().lines()).hasSize(2);
  }

  @Test
  void aNarrowTerminalLeavesColumnsOut() {
    String out = onScreen("fleet").out();

    assertThat(out.lines()).allSatisfy(line -> assertThat(Cells.width(line)).isLessThan(81));
    assertThat(out).contains("BUDGET  DRAIN").doesNotContain("SANDBOX");
  }

  @Test
  void inAPipeAWatchedFleetIsALineForEveryWorkerThatChanged() {
    CommandRun run = run("fleet", "--watch");

    assertThat(timeless(run.out()))
        .containsExactly(
            "demo active busy=1 ready=2 starting=1 max=4 recycled=17 runs parse 8",
            "idle quiet busy=0 ready=1 starting=0 max=2 recycled=0",
            "demo active busy=0 ready=2 starting=1 max=4 recycled=17",
            "workers/idle is gone");
    assertThat(run("fleet", "--watch", "--json").out().lines()).hasSize(4);
  }

  @Test
  void onATerminalAWatchTakesTheScreenAndGivesItBack() {
    String out = onScreen("fleet", "--watch").out();

    assertThat(out).startsWith("\u001b[?1049h").endsWith("\u001b[?1049l");
    assertThat(out.indexOf("\u001b[?25h")).isGreaterThan(out.lastIndexOf("\u001b[H"));
    assertThat(out).contains("demo").contains("Ctrl-C ends.").doesNotContain("busy=");
    assertThat(out.split("\u001b\\[H", -1)).hasSize(5);
  }

  @Test
  void workersAreSteered() {
    assertThat(run("fleet", "quiet", "demo").out()).startsWith("demo quiet busy=1");
    assertThat(run("fleet", "resume", "workers/demo").out()).startsWith("demo active");
    assertThat(run("fleet", "drain", "demo", "--json").out()).contains("\"state\":\"DRAINING\"");
    CommandRun unknown = run("fleet", "drain", "nobody");
    assertThat(unknown.exitCode()).isEqualTo(5);
    assertThat(unknown.err())
        .isEqualTo(
            "scriptorium: no worker of the name workers/nobody is connected;"
                + " see 'scriptorium fleet'\n");
  }

  @Test
  void anOrderNeedsARole() {
    server
        .faults()
        .plan(
            "GetQueue",
            Faults.error(
                Code.PERMISSION_DENIED,
                "ROLE_NOT_ALLOWED",
                "readers may not",
                Map.of("role", "READER")));

    assertThat(run("jobs", "queue").exitCode()).isEqualTo(6);
  }
}
