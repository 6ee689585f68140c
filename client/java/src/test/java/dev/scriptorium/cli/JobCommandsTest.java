package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.fake.Faults;
import dev.scriptorium.fake.SampleJobs;
import dev.scriptorium.v1.NewJob;
import dev.scriptorium.v1.SubmitJobsRequest;
import io.grpc.Status.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobCommandsTest {
  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @AfterEach
  void close() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  /** Somebody sits at the terminal and types. */
  private CommandRun answering(String input, String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SCRIPTORIUM_SERVER", server.address());
    environment.put("SCRIPTORIUM_KEY", FakeServer.KEY);
    return CommandRun.with(environment, home, CommandRun.SCREEN, input, arguments);
  }

  @Test
  void showTellsAllThatIsKnown() {
    server.jobs().add(SampleJobs.quarantined(42));

    assertThat(run("jobs", "show", "42").out())
        .isEqualTo(
            """
            42  ocr  quarantined  RUNNER_CRASHED: killed by SIGSEGV
              Waits for   breaker ocr-service is open
              After       3, 4
              Media type  image/png
              Priority    80
              Key         tenant-7
              Created     2026-09-21 14:13
              Not before  2026-09-21 14:14
              Ended       2026-09-21 14:18

            TRY  WORKER  STARTED               TOOK  ENDING                       MEMORY     CPU  FAULT        NOTE
              3  demo    2026-09-21 14:15  3 m 20 s  quarantined (NATIVE_CRASH)  900 MiB  12.3 s  ocr-service  RUNNER_CRASHED: killed by SIGSEGV
            """);
  }

  @Test
  void theLogIsShownOnDemandAndCannotSteerTheTerminal() {
    server.jobs().add(SampleJobs.quarantined(42));

    assertThat(run("jobs", "show", "42").out()).doesNotContain("reading page 7");
    assertThat(run("jobs", "show", "42", "--log").out())
        .endsWith("\nLog of attempt 3:\n  reading page 7\n  [31mcannot\n");
    assertThat(run("jobs", "show", "7", "--log").out())
        .endsWith("\nLog of attempt 1: nothing was kept.\n");
  }

  @Test
  void deadListsWhatFailedAndWhatIsQuarantinedNewestFirst() {
    server.jobs().add(SampleJobs.quarantined(42));

    assertThat(run("jobs", "dead").out())
        .isEqualTo(
            """
            JOB  KIND   STATE        TRIES  ENDED             CAUSE         NOTE
             42  ocr    quarantined      1  2026-09-21 14:18  NATIVE_CRASH  killed by SIGSEGV
              7  parse  failed           1  -                 OOM_HEAP      the runner ran out of memory
            """);
    assertThat(run("jobs", "dead", "--quarantined").out()).contains(" 42 ").doesNotContain("parse");
    assertThat(run("jobs", "dead", "--kind", "parse").out()).contains("  7 ").doesNotContain("ocr");
    assertThat(run("jobs", "dead", "--kind", "none").err()).isEqualTo("No dead jobs.\n");
    assertThat(run("jobs", "dead", "-n", "1", "--json").out().lines()).hasSize(1);
  }

  @Test
  void severalJobsAreDoneAgainAndOneThatCannotBeStopsNoOther() {
    server.jobs().add(SampleJobs.quarantined(42));

    CommandRun run = run("jobs", "retry", "7", "9", "42");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(server.jobs().retried()).containsExactly("jobs/7", "jobs/9", "jobs/42");
    assertThat(run.err()).isEqualTo("scriptorium: no job jobs/9; see 'scriptorium jobs'\n");
    assertThat(run.out()).contains("7 is done again as ").contains("42 is done again as ");
  }

  @Test
  void allDeadAsksFirst() {
    server.jobs().add(SampleJobs.quarantined(42));

    CommandRun no = answering("\n", "jobs", "retry", "--all-dead");
    CommandRun yes = answering("y\n", "jobs", "retry", "--all-dead");

    assertThat(no.err()).isEqualTo("Do 2 jobs again? [y/N] Nothing is done.\n");
    assertThat(yes.err()).isEqualTo("Do 2 jobs again? [y/N] 2 of 2 jobs are done again.\n");
    assertThat(server.jobs().retried()).containsExactly("jobs/42", "jobs/7");
  }

  @Test
  void whereNobodyCanBeAskedYesIsNeeded() {
    CommandRun refused = run("jobs", "retry", "--all-dead", "--kind", "parse");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).isEqualTo("scriptorium: give --yes where nobody can be asked\n");
    assertThat(server.jobs().retried()).isEmpty();
    assertThat(run("jobs", "retry", "--all-dead", "--kind", "parse", "--yes").exitCode()).isZero();
    assertThat(server.jobs().retried()).containsExactly("jobs/7");
  }

  @Test
  void allDeadLeavesOutWhatFellWithAnotherAndWhatWasDoneAgainBefore() {
    server.jobs().add(SampleJobs.fallen(43));
    run("jobs", "retry", "7");

    CommandRun run = run("jobs", "retry", "--all-dead", "--yes");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("0 of 1 job are done again.\n");
    assertThat(server.jobs().retried()).containsExactly("jobs/7");
  }

  @Test
  void submitTakesEveryOption() throws Exception {
    Path payload = Files.write(home.resolve("page"), new byte[] {0, 1, -1});
    Instant before = Instant.now();

    CommandRun run =
        run(
            ("jobs submit ocr --media-type image/png --tier 2 --priority 80 --memory 900MB"
                    + " --deadline 10m --key tenant-7 --key-running 2 --key-per-minute 30"
                    + " --in 2h --after 3,jobs/4 --unique nightly --count 2 --payload @"
                    + payload)
                .split(" "));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("100\n101\n");
    SubmitJobsRequest request = server.jobs().submitted().getFirst();
    assertThat(request.getRequestId()).isNotEmpty();
    assertThat(request.getJobsList()).hasSize(2);
    NewJob job = request.getJobs(0);
    assertThat(job.getPayload().toByteArray()).containsExactly(0, 1, -1);
    assertThat(job.getMemoryBytes()).isEqualTo(900L << 20);
    assertThat(job.getDeadline().getSeconds()).isEqualTo(600);
    assertThat(job.getAfterList()).containsExactly("jobs/3", "jobs/4");
    assertThat(job.getLimit().getStartsPerMinute()).isEqualTo(30);
    assertThat(job.getUniqueKey()).isEqualTo("nightly");
    assertThat(Instant.ofEpochSecond(job.getRunTime().getSeconds()))
        .isBetween(before.plusSeconds(7_199), Instant.now().plus(Duration.ofHours(2)));
  }

  @Test
  void aTextIsAPayloadAndATimeMayNameItsZone() {
    assertThat(
            run("jobs", "submit", "ocr", "--payload", "a b", "--at", "2026-11-20T16:20+01:00")
                .err())
        .isEmpty();

    NewJob job = server.jobs().submitted().getFirst().getJobs(0);
    assertThat(job.getPayload().toStringUtf8()).isEqualTo("a b");
    assertThat(job.getRunTime().getSeconds())
        .isEqualTo(Instant.parse("2026-11-20T15:20:00Z").getEpochSecond());
    assertThat(job.hasLimit()).isFalse();
    assertThat(job.hasDeadline()).isFalse();
  }

  @Test
  void aSubmissionThatIsRepeatedKeepsItsId() {
    server
        .faults()
        .plan(
            "SubmitJobs",
            Faults.error(Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", "later", Map.of()));

    assertThat(run("jobs", "submit", "ocr").exitCode()).isZero();

    assertThat(server.jobs().submitted()).hasSize(2);
    assertThat(server.jobs().submitted().get(0).getRequestId())
        .isEqualTo(server.jobs().submitted().get(1).getRequestId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          jobs submit ocr --at tomorrow | 'tomorrow' is not a time like 2026-11-20T16:20
          jobs submit ocr --in 5x | '5x' is not a time like 30s, 5m, 1h or 2d
          jobs submit ocr --in 5m --at 2026-11-20T16:20 | give --at or --in, not both
          jobs submit ocr --memory much | 'much' is not a size like 512MB or 2g
          jobs submit ocr --count 1001 | --count 1001 is not 1 to 1000
          jobs submit ocr --payload @/no/file | the payload's file /no/file does not exist
          jobs submit ocr --key-running 2 | go with --key
          jobs submit ocr --after x | 'x' is not the number of a job
          jobs limit ocr | give --running N, --per-minute N or both
          jobs retry | name the jobs, or give --all-dead
          jobs retry 7 --all-dead | name the jobs, or give --all-dead
          jobs retry 7 --kind ocr | go with --all-dead
          jobs schedule put nightly ocr | --every
          """)
  void whatCannotBeMeantIsSaidBeforeAnythingIsSent(String line, String message) {
    CommandRun run = run(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(server.jobs().submitted()).isEmpty();
  }

  @Test
  void aPayloadThatIsTooLongIsRefusedHere() throws Exception {
    Path payload = Files.write(home.resolve("page"), new byte[2049]);

    assertThat(run("jobs", "submit", "ocr", "--payload", "@" + payload).err())
        .contains("the payload has more than 2,048 bytes");
  }

  @Test
  void aFullQueueSaysWhereToLook() {
    server
        .faults()
        .plan(
            "SubmitJobs",
            Faults.error(
                Code.RESOURCE_EXHAUSTED,
                "BACKLOG_FULL",
                "the unfinished jobs would be more than 10000",
                Map.of("limit", "10000")));

    CommandRun run = run("jobs", "submit", "ocr");

    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.err()).contains("see 'scriptorium jobs queue'");
  }

  @Test
  void kindsArePausedResumedAndLimited() {
    assertThat(run("jobs", "pause", "ocr").out()).isEqualTo("ocr  paused\n");
    assertThat(run("jobs", "resume", "ocr").out()).isEqualTo("ocr  no limit\n");
    assertThat(run("jobs", "limit", "ocr", "--running", "4", "--per-minute", "100").out())
        .isEqualTo("ocr  at most 4 run, at most 100 start a minute\n");
    run("jobs", "limit", "ocr", "--running", "0");

    assertThat(server.jobs().orders().stream().map(o -> o.getUpdateMask().getPathsList()).toList())
        .hasToString("[[paused], [paused], [max_running, starts_per_minute], [max_running]]");
    assertThat(server.jobs().orders().getFirst().getKind().getPaused()).isTrue();
  }

  @Test
  void schedulesAreListedPutAndDeleted() {
    assertThat(run("jobs", "schedule").err()).startsWith("No schedules; add one with");
    assertThat(
            run(
                    "jobs",
                    "schedule",
                    "put",
                    "nightly",
                    "report",
                    "--every",
                    "90m",
                    "--payload",
                    "x",
                    "--first-at",
                    "2026-11-20T16:20Z")
                .out())
        .isEqualTo("nightly  report every 1 h 30 m, next 2026-11-20 16:20\n");
    assertThat(run("jobs", "schedule", "list").out())
        .isEqualTo(
            """
            SCHEDULE  KIND       EVERY  NEXT              MEDIA TYPE  PAYLOAD
            nightly   report  1 h 30 m  2026-11-20 16:20                  1 B
            """);
    assertThat(run("jobs", "--json", "schedule", "list").out()).startsWith("{\"name\":\"nightly\"");
    assertThat(run("jobs", "schedule", "delete", "nightly").out()).isEqualTo("deleted nightly\n");
    CommandRun again = run("jobs", "schedule", "delete", "nightly");
    assertThat(again.exitCode()).isEqualTo(5);
    assertThat(again.err()).contains("see 'scriptorium jobs schedule list'");
  }
}
