package dev.scriptorium.client;

import com.google.protobuf.FieldMask;
import dev.scriptorium.v1.CancelJobRequest;
import dev.scriptorium.v1.DeleteScheduleRequest;
import dev.scriptorium.v1.GetJobRequest;
import dev.scriptorium.v1.GetQueueRequest;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.ListJobsRequest;
import dev.scriptorium.v1.ListSchedulesRequest;
import dev.scriptorium.v1.PutScheduleRequest;
import dev.scriptorium.v1.Queue;
import dev.scriptorium.v1.RetryJobRequest;
import dev.scriptorium.v1.Schedule;
import dev.scriptorium.v1.SubmitJobsRequest;
import dev.scriptorium.v1.UpdateKindRequest;
import dev.scriptorium.v1.WatchJobRequest;
import dev.scriptorium.v1.WatchJobResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Jobs: the heavy work, and the queue it waits in. What is said of calls at {@link
 * ScriptoriumClient} holds here too. Thread-safe; lives as long as the client it comes from.
 */
public final class JobsClient {
  private final Calls calls;
  private final Duration callTimeout;
  private final JobsGrpc.JobsBlockingStub stub;

  JobsClient(Calls calls, Duration callTimeout, JobsGrpc.JobsBlockingStub stub) {
    this.calls = calls;
    this.callTimeout = callTimeout;
    this.stub = stub;
  }

  /** One job with its attempts, {@code jobs/{job}}. */
  public Job get(String name) {
    GetJobRequest request = GetJobRequest.newBuilder().setName(name).build();
    return calls.repeatable(() -> timed().getJob(request));
  }

  /** Jobs that match the request, newest first; its page token is not looked at. */
  public Stream<Job> list(ListJobsRequest request) {
    return Page.stream(
        token -> {
          ListJobsRequest page = request.toBuilder().setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listJobs(page));
          return new Page<>(answer.getJobsList(), answer.getNextPageToken());
        });
  }

  /** Follows a job until it has ended; a broken connection is taken up again. */
  public void watch(String name, Consumer<WatchJobResponse> each) {
    WatchJobRequest request = WatchJobRequest.newBuilder().setName(name).build();
    calls.follow(() -> stub.watchJob(request), each, broken -> {});
  }

  /** Stops a job that has not ended. */
  public Job cancel(String name) {
    CancelJobRequest request = CancelJobRequest.newBuilder().setName(name).build();
    return calls.once(() -> timed().cancelJob(request));
  }

  /** Starts a new job like one that failed, was cancelled or is quarantined. */
  public Job retry(String name) {
    RetryJobRequest request = RetryJobRequest.newBuilder().setName(name).build();
    return calls.once(() -> timed().retryJob(request));
  }

  /**
   * Adds jobs that belong to no book, all or none; a request without an id gets one, so that it can
   * be repeated. Operators only.
   *
   * @return {@code jobs/{job}}, in the order of the request
   */
  public List<String> submit(SubmitJobsRequest request) {
    SubmitJobsRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return calls.repeatable(() -> timed().submitJobs(named)).getNamesList();
  }

  /** How much waits and runs on all servers, and what holds it up. Operators only. */
  public Queue queue() {
    return calls.repeatable(() -> timed().getQueue(GetQueueRequest.getDefaultInstance()));
  }

  /**
   * Looks at the queue again and again, until the thread is interrupted or the server stays away.
   *
   * @param every pause between two looks
   * @param each called by this thread; what it throws ends the watch
   * @param broken called by this thread whenever a look failed and is to be repeated
   */
  public void watchQueue(
      Duration every, Consumer<Queue> each, Consumer<ScriptoriumException> broken) {
    GetQueueRequest request = GetQueueRequest.getDefaultInstance();
    calls.follow(() -> calls.every(every, () -> timed().getQueue(request)), each, broken);
  }

  /**
   * Pauses, resumes or limits a kind, on every server. Operators only.
   *
   * @param kind its name, and the masked fields
   * @param mask of {@code paused}, {@code max_running}, {@code starts_per_minute}
   */
  public KindStatus updateKind(KindStatus kind, FieldMask mask) {
    UpdateKindRequest request =
        UpdateKindRequest.newBuilder().setKind(kind).setUpdateMask(mask).build();
    // The same orders twice are the same orders.
    return calls.repeatable(() -> timed().updateKind(request));
  }

  /** Every schedule, by name. Operators only. */
  public List<Schedule> schedules() {
    ListSchedulesRequest request = ListSchedulesRequest.getDefaultInstance();
    return calls.repeatable(() -> timed().listSchedules(request)).getSchedulesList();
  }

  /** Adds a schedule, or replaces the one of that name. Operators only. */
  public Schedule putSchedule(Schedule schedule) {
    PutScheduleRequest request = PutScheduleRequest.newBuilder().setSchedule(schedule).build();
    return calls.repeatable(() -> timed().putSchedule(request));
  }

  /** Removes a schedule; jobs it has made stay. Operators only. */
  public void deleteSchedule(String name) {
    DeleteScheduleRequest request = DeleteScheduleRequest.newBuilder().setName(name).build();
    calls.once(() -> timed().deleteSchedule(request));
  }

  private JobsGrpc.JobsBlockingStub timed() {
    return stub.withDeadlineAfter(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
