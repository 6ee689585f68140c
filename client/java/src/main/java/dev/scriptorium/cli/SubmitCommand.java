package dev.scriptorium.cli;

import com.google.protobuf.Timestamp;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.NewJob;
import dev.scriptorium.v1.SubmitJobsRequest;
import dev.scriptorium.v1.SubmitJobsResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds jobs that belong to no book. */
@Command(
    name = "submit",
    description =
        "Adds a job that belongs to no book, and prints its number. Whatever breaks on the way, it"
            + " is added once.",
    footer = {
      "",
      "  scriptorium jobs submit ocr --media-type image/png --payload @page.json --priority 80",
      "  scriptorium jobs submit report --in 2h --deadline 10m --unique nightly"
    })
final class SubmitCommand extends Subcommand {
  private static final int MOST = 1000;

  @Mixin private final JobOptions job = new JobOptions();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Not before this time, for example 2026-11-20T16:20.")
  private @Nullable String at;

  @Option(
      names = "--in",
      paramLabel = "TIME",
      converter = Amounts.Span.class,
      description = "Not before this time has passed, for example 30s, 5m or 2h.")
  private @Nullable Duration in;

  @Option(
      names = "--after",
      paramLabel = "JOB",
      split = ",",
      description = "Numbers of jobs that must succeed first, with commas between.")
  private List<String> after = List.of();

  @Option(
      names = "--unique",
      paramLabel = "KEY",
      description = "While a job with this key has not ended, give that one instead of adding one.")
  private String uniqueKey = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Add N jobs, all or none; 1 to 1000. 1 by default.")
  private int count = 1;

  private final InstantSource clock;

  /**
   * @param clock what {@code --in} counts from
   */
  SubmitCommand(Shell shell, InstantSource clock, Common jobs) {
    super(shell, jobs);
    this.clock = clock;
  }

  @Override
  void check() {
    job.check();
    if (at != null && in != null) {
      throw new CliException(2, "give --at or --in, not both");
    }
    if (count < 1 || count > MOST) {
      throw new CliException(2, "--count " + count + " is not 1 to " + MOST);
    }
    runTime();
    after.forEach(JobName::parse);
  }

  @Override
  int act(ScriptoriumClient client) {
    NewJob.Builder wanted = job.toJob().setUniqueKey(uniqueKey);
    Instant runTime = runTime();
    if (runTime != null) {
      wanted.setRunTime(
          Timestamp.newBuilder().setSeconds(runTime.getEpochSecond()).setNanos(runTime.getNano()));
    }
    after.forEach(text -> wanted.addAfter(JobName.parse(text)));
    SubmitJobsRequest request =
        SubmitJobsRequest.newBuilder()
            .addAllJobs(Collections.nCopies(count, wanted.build()))
            .build();
    List<String> names = client.jobs().submit(request);
    if (json()) {
      printJson(SubmitJobsResponse.newBuilder().addAllNames(names).build());
    } else {
      names.forEach(name -> print(JobName.number(name)));
    }
    return 0;
  }

  private @Nullable Instant runTime() {
    if (in != null) {
      return clock.instant().plus(in);
    }
    return at == null ? null : Amounts.time(at, shell().zone());
  }
}
