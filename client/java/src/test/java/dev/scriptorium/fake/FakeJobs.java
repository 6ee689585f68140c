package dev.scriptorium.fake;

import dev.scriptorium.v1.CancelJobRequest;
import dev.scriptorium.v1.DeleteScheduleRequest;
import dev.scriptorium.v1.DeleteScheduleResponse;
import dev.scriptorium.v1.GetJobRequest;
import dev.scriptorium.v1.GetQueueRequest;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.ListJobsRequest;
import dev.scriptorium.v1.ListJobsResponse;
import dev.scriptorium.v1.ListSchedulesRequest;
import dev.scriptorium.v1.ListSchedulesResponse;
import dev.scriptorium.v1.PutScheduleRequest;
import dev.scriptorium.v1.Queue;
import dev.scriptorium.v1.RetryJobRequest;
import dev.scriptorium.v1.Schedule;
import dev.scriptorium.v1.SubmitJobsRequest;
import dev.scriptorium.v1.SubmitJobsResponse;
import dev.scriptorium.v1.UpdateKindRequest;
import dev.scriptorium.v1.WatchJobRequest;
import dev.scriptorium.v1.WatchJobResponse;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of {@link SampleJobs}: 7 has failed, 8 runs, others are there when a test adds them.
 * Thread-safe.
 */
public final class FakeJobs extends JobsGrpc.JobsImplBase {
  private final Faults faults;
  private final ConcurrentSkipListMap<Long, Job> jobs = new ConcurrentSkipListMap<>();
  private final List<SubmitJobsRequest> submitted = new CopyOnWriteArrayList<>();
  private final List<UpdateKindRequest> orders = new CopyOnWriteArrayList<>();
  private final List<String> retried = new CopyOnWriteArrayList<>();
  private final Map<String, Schedule> schedules = new TreeMap<>();
  private @Nullable ArrayDeque<Queue> queues;

  FakeJobs(Faults faults) {
    this.faults = faults;
    add(SampleJobs.failed());
    add(SampleJobs.running());
  }

  /** Adds or replaces a job. */
  public void add(Job job) {
    jobs.put(Long.parseLong(job.getName().substring("jobs/".length())), job);
  }

  /** What was submitted. */
  public List<SubmitJobsRequest> submitted() {
    return submitted;
  }

  /** What was ordered for kinds. */
  public List<UpdateKindRequest> orders() {
    return orders;
  }

  /** Names of the jobs that were to be done again. */
  public List<String> retried() {
    return retried;
  }

  /** What the next looks at the queue see, one after the other; then looking is refused. */
  public synchronized void queues(Queue... next) {
    queues = new ArrayDeque<>(List.of(next));
  }

  @Override
  public void getJob(GetJobRequest request, StreamObserver<Job> answer) {
    reply(answer, request.getName());
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<Job> answer) {
    if (request.getName().equals("jobs/7")) {
      answer.onError(wrongState(request.getName()));
      return;
    }
    reply(answer, request.getName());
  }

  /** A job can be done again once. */
  @Override
  public void retryJob(RetryJobRequest request, StreamObserver<Job> answer) {
    if (retried.contains(request.getName())) {
      answer.onError(wrongState(request.getName()));
      return;
    }
    retried.add(request.getName());
    reply(answer, request.getName());
  }

  private static StatusRuntimeException wrongState(String job) {
    return Faults.error(
        Code.FAILED_PRECONDITION,
        "JOB_STATE",
        job.replace("jobs/", "job ") + " has failed already",
        Map.of("job", job, "state", "FAILED"));
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answer) {
    ListJobsResponse.Builder page = ListJobsResponse.newBuilder();
    jobs.descendingMap().values().stream()
        .filter(job -> request.getStateValue() == 0 || job.getState() == request.getState())
        .forEach(page::addJobs);
    answer.onNext(page.build());
    answer.onCompleted();
  }

  @Override
  public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> answer) {
    answer.onNext(WatchJobResponse.newBuilder().setJob(SampleJobs.running()).build());
    answer.onNext(WatchJobResponse.newBuilder().setJob(SampleJobs.failed()).build());
    answer.onCompleted();
  }

  @Override
  public void submitJobs(SubmitJobsRequest request, StreamObserver<SubmitJobsResponse> answer) {
    submitted.add(request);
    if (fails("SubmitJobs", answer)) {
      return;
    }
    SubmitJobsResponse.Builder names = SubmitJobsResponse.newBuilder();
    for (int i = 0; i < request.getJobsCount(); i++) {
      names.addNames("jobs/" + (100 + i));
    }
    answer.onNext(names.build());
    answer.onCompleted();
  }

  @Override
  public void getQueue(GetQueueRequest request, StreamObserver<Queue> answer) {
    if (fails("GetQueue", answer)) {
      return;
    }
    Optional<Queue> next = nextQueue();
    if (next.isEmpty()) {
      answer.onError(
          Faults.error(Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED", "no longer", Map.of()));
      return;
    }
    answer.onNext(next.get());
    answer.onCompleted();
  }

  private synchronized Optional<Queue> nextQueue() {
    return queues == null
        ? Optional.of(Queue.getDefaultInstance())
        : Optional.ofNullable(queues.poll());
  }

  @Override
  public void updateKind(UpdateKindRequest request, StreamObserver<KindStatus> answer) {
    orders.add(request);
    answer.onNext(request.getKind());
    answer.onCompleted();
  }

  @Override
  public void putSchedule(PutScheduleRequest request, StreamObserver<Schedule> answer) {
    schedules.put(request.getSchedule().getName(), request.getSchedule());
    answer.onNext(request.getSchedule());
    answer.onCompleted();
  }

  @Override
  public void listSchedules(
      ListSchedulesRequest request, StreamObserver<ListSchedulesResponse> answer) {
    answer.onNext(ListSchedulesResponse.newBuilder().addAllSchedules(schedules.values()).build());
    answer.onCompleted();
  }

  @Override
  public void deleteSchedule(
      DeleteScheduleRequest request, StreamObserver<DeleteScheduleResponse> answer) {
    if (schedules.remove(request.getName()) == null) {
      answer.onError(
          Faults.error(
              Code.NOT_FOUND,
              "SCHEDULE_NOT_FOUND",
              "there is no schedule " + request.getName(),
              Map.of("schedule", request.getName())));
      return;
    }
    answer.onNext(DeleteScheduleResponse.getDefaultInstance());
    answer.onCompleted();
  }

  private boolean fails(String method, StreamObserver<?> answer) {
    try {
      faults.throwPlanned(method);
      return false;
    } catch (StatusRuntimeException e) {
      answer.onError(e);
      return true;
    }
  }

  private void reply(StreamObserver<Job> answer, String name) {
    Job job = jobs.get(Long.parseLong(name.substring("jobs/".length())));
    if (job == null) {
      answer.onError(
          Faults.error(Code.NOT_FOUND, "JOB_NOT_FOUND", "no job " + name, Map.of("job", name)));
      return;
    }
    answer.onNext(job);
    answer.onCompleted();
  }
}
