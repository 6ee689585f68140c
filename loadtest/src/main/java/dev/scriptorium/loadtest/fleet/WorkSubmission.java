package dev.scriptorium.loadtest.fleet;

import com.google.protobuf.ByteString;
import dev.scriptorium.loadtest.chaos.plugin.ChaosHandler;
import dev.scriptorium.loadtest.chaos.plugin.Orders;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.v1.GetJobRequest;
import dev.scriptorium.v1.GetQueueRequest;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.NewJob;
import dev.scriptorium.v1.SubmitJobsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Submits synthetic jobs and waits for them. */
final class WorkSubmission {
  private static final int PAGE = 1000;

  private final Api api;

  WorkSubmission(Api api) {
    this.api = api;
  }

  /** Jobs that take so long and do nothing. */
  List<String> waiting(int count, long millis) {
    byte[] payload = new Orders("", "", 1, millis, 0, false).payload();
    return submit(count, ChaosHandler.WORK, ByteString.copyFrom(payload));
  }

  List<String> submit(int count, String kind, ByteString payload) {
    NewJob job = NewJob.newBuilder().setKind(kind).setPayload(payload).build();
    List<String> names = new ArrayList<>();
    while (names.size() < count) {
      int page = Math.min(PAGE, count - names.size());
      SubmitJobsRequest request =
          SubmitJobsRequest.newBuilder().addAllJobs(Collections.nCopies(page, job)).build();
      names.addAll(api.jobs().submitJobs(request).getNamesList());
    }
    return names;
  }

  /** Waits until no job of the kind is left. */
  void awaitNone(String kind, Duration bound) {
    Await.until("the last job of " + kind, bound, () -> open(kind), open -> open == 0);
  }

  /** How many jobs of the kind have not ended. */
  long open(String kind) {
    return api.jobs().getQueue(GetQueueRequest.getDefaultInstance()).getKindsList().stream()
        .filter(status -> status.getKind().equals(kind))
        .mapToLong(WorkSubmission::open)
        .sum();
  }

  private static long open(KindStatus status) {
    return status.getBlocked()
        + status.getDelayed()
        + status.getRunnable()
        + status.getHeld()
        + status.getRunning()
        + status.getUnschedulable();
  }

  Job job(String name) {
    return api.jobs().getJob(GetJobRequest.newBuilder().setName(name).build());
  }
}
