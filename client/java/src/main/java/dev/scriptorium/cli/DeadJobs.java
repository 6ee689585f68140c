package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.ListJobsRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the jobs that have failed for good are meant. */
final class DeadJobs {
  private static final int PAGE_SIZE = 200;

  @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind.")
  private @Nullable String kind;

  @Option(
      names = "--quarantined",
      description = "Only those that ended their runner too often; not those that just failed.")
  private boolean quarantined;

  /** True when all that are dead are not meant. */
  boolean isNarrowed() {
    return kind != null || quarantined;
  }

  /** For example {@code quarantined ocr}; empty when all are meant. */
  String words() {
    String which = quarantined ? "quarantined" : "";
    return kind == null ? which : (which + " " + kind).strip();
  }

  /**
   * The newest first.
   *
   * @param most at most so many
   */
  List<Job> find(ScriptoriumClient client, int most) {
    List<Job> found = new ArrayList<>(list(client, Job.State.STATE_QUARANTINED, most));
    if (!quarantined) {
      found.addAll(list(client, Job.State.STATE_FAILED, most));
      found.sort(Comparator.comparingLong(DeadJobs::number).reversed());
    }
    return found.stream().limit(most).toList();
  }

  private List<Job> list(ScriptoriumClient client, Job.State state, int most) {
    ListJobsRequest request =
        ListJobsRequest.newBuilder().setState(state).setPageSize(PAGE_SIZE).build();
    try (Stream<Job> jobs = client.jobs().list(request)) {
      return jobs.filter(job -> kind == null || job.getKind().equals(kind)).limit(most).toList();
    }
  }

  private static long number(Job job) {
    return Long.parseLong(JobName.number(job.getName()));
  }

  /** True when it never ran, because another job has failed: it is done again with that one. */
  static boolean fellWithAnother(Job job) {
    return job.getFailure().getReason() == ErrorReason.ERROR_REASON_DEPENDENCY_FAILED;
  }
}
