package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.KindLimit;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.Queue;
import dev.scriptorium.v1.SubmitJobsRequest;
import dev.scriptorium.v1.UpdateKindRequest;
import java.util.List;

/** What operators may do to the queue as a whole. Thread-safe. */
public final class QueueControl {
  private final QueueStatus status;
  private final Submissions submissions;
  private final Kinds kinds;
  private final Schedules schedules;

  QueueControl(QueueStatus status, Submissions submissions, Kinds kinds, Schedules schedules) {
    this.status = status;
    this.submissions = submissions;
    this.kinds = kinds;
    this.schedules = schedules;
  }

  /** How much waits and runs. */
  public QueueStatus status() {
    return status;
  }

  /**
   * Adds jobs that belong to no book.
   *
   * @return their ids, in the order of the request
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD, JOB_NOT_FOUND, BACKLOG_FULL
   */
  List<Long> submit(Caller caller, SubmitJobsRequest request) {
    return submissions.submit(caller, request);
  }

  /**
   * Pauses, resumes or limits a kind.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  KindStatus updateKind(UpdateKindRequest request) {
    KindLimit limit = kinds.update(request);
    String kind = request.getKind().getKind();
    Queue now = status.all();
    return now.getKindsList().stream()
        .filter(known -> known.getKind().equals(kind))
        .findFirst()
        .orElseGet(() -> KindStatus.newBuilder().setKind(kind).build())
        .toBuilder()
        .setPaused(limit.paused())
        .setMaxRunning(limit.maxRunning())
        .setStartsPerMinute(limit.startsPerMinute())
        .build();
  }

  /** Jobs that come again and again. */
  Schedules schedules() {
    return schedules;
  }

  /** Reads what other servers may have been told; every few seconds. */
  void refresh() {
    kinds.refresh();
    schedules.refresh();
  }
}
