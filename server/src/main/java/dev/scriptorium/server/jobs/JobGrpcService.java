package dev.scriptorium.server.jobs;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
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
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The service {@code scriptorium.v1.Jobs}. */
public final class JobGrpcService extends JobsGrpc.JobsImplBase {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final Jobs jobs;
  private final QueueControl control;
  private final Executor watchers;

  /**
   * @param watchers runs one task for every watched job; virtual threads
   */
  public JobGrpcService(Jobs jobs, QueueControl control, Executor watchers) {
    this.jobs = jobs;
    this.control = control;
    this.watchers = watchers;
  }

  @Override
  public void getJob(GetJobRequest request, StreamObserver<Job> response) {
    reply(response, jobs.get(Caller.current(), JobName.parse(request.getName())));
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> response) {
    Caller caller = Caller.current();
    UUID book = request.getBook().isEmpty() ? null : BookName.parse("book", request.getBook()).id();
    String list =
        String.join(
            "\n",
            "ListJobs",
            caller.owner().toString(),
            caller.role().name(),
            request.getBook(),
            request.getState().name());
    long below =
        request.getPageToken().isEmpty()
            ? Long.MAX_VALUE
            : Long.parseLong(PageToken.decode(request.getPageToken(), list).parts().getFirst());
    Jobs.Page page =
        jobs.list(caller, book, request.getState(), below, PageSize.of(request.getPageSize()));
    ListJobsResponse.Builder answer = ListJobsResponse.newBuilder().addAllJobs(page.jobs());
    if (page.below() > 0) {
      answer.setNextPageToken(PageToken.of(Long.toString(page.below())).encode(list));
    }
    reply(response, answer.build());
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<Job> response) {
    reply(response, jobs.cancel(Caller.current(), JobName.parse(request.getName())));
  }

  @Override
  public void retryJob(RetryJobRequest request, StreamObserver<Job> response) {
    reply(response, jobs.retry(Caller.current(), JobName.parse(request.getName())));
  }

  @Override
  public void submitJobs(SubmitJobsRequest request, StreamObserver<SubmitJobsResponse> response) {
    SubmitJobsResponse.Builder answer = SubmitJobsResponse.newBuilder();
    control.submit(Caller.current(), request).forEach(id -> answer.addNames(JobName.of(id)));
    reply(response, answer.build());
  }

  @Override
  public void getQueue(GetQueueRequest request, StreamObserver<Queue> response) {
    reply(response, control.status().all());
  }

  @Override
  public void updateKind(UpdateKindRequest request, StreamObserver<KindStatus> response) {
    reply(response, control.updateKind(request));
  }

  @Override
  public void putSchedule(PutScheduleRequest request, StreamObserver<Schedule> response) {
    reply(response, control.schedules().put(Caller.current(), request.getSchedule()));
  }

  @Override
  public void listSchedules(
      ListSchedulesRequest request, StreamObserver<ListSchedulesResponse> response) {
    reply(
        response,
        ListSchedulesResponse.newBuilder().addAllSchedules(control.schedules().list()).build());
  }

  @Override
  public void deleteSchedule(
      DeleteScheduleRequest request, StreamObserver<DeleteScheduleResponse> response) {
    control.schedules().delete(request.getName());
    reply(response, DeleteScheduleResponse.getDefaultInstance());
  }

  @Override
  public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> response) {
    long id = JobName.parse(request.getName());
    Job first = jobs.get(Caller.current(), id);
    ServerCallStreamObserver<WatchJobResponse> stream =
        (ServerCallStreamObserver<WatchJobResponse>) response;
    JobWatch.Follower follower = jobs.follow(id);
    stream.setOnCancelHandler(follower::wake);
    stream.setOnReadyHandler(follower::wake);
    stream.onNext(WatchJobResponse.newBuilder().setJob(first).build());
    watchers.execute(Context.current().wrap(() -> new Watch(id, stream, follower).run(first)));
  }

  private static <T> void reply(StreamObserver<T> response, T answer) {
    response.onNext(answer);
    response.onCompleted();
  }

  /** One watched job. A slow reader misses steps between, never the end. */
  private final class Watch {
    private final long id;
    private final ServerCallStreamObserver<WatchJobResponse> stream;
    private final JobWatch.Follower follower;

    Watch(long id, ServerCallStreamObserver<WatchJobResponse> stream, JobWatch.Follower follower) {
      this.id = id;
      this.stream = stream;
      this.follower = follower;
    }

    void run(Job first) {
      try (follower) {
        Job last = first;
        boolean changed = true;
        while (!stream.isCancelled() && !(last.hasEndTime() && !changed)) {
          changed = false;
          if (stream.isReady()) {
            Job now = jobs.get(Caller.current(), id);
            changed = !now.equals(last);
            last = now;
          }
          if (changed) {
            stream.onNext(WatchJobResponse.newBuilder().setJob(last).build());
          } else if (!last.hasEndTime()) {
            follower.await(LONGEST_SILENCE);
          }
        }
        if (!stream.isCancelled()) {
          stream.onCompleted();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stream.onError(e);
      } catch (RuntimeException e) {
        stream.onError(e);
      }
    }
  }
}
