package dev.scriptorium.fake;

import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.CancelJobRequest;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.GetJobRequest;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.ListJobsRequest;
import dev.scriptorium.v1.ListJobsResponse;
import dev.scriptorium.v1.RetryJobRequest;
import dev.scriptorium.v1.WatchJobRequest;
import dev.scriptorium.v1.WatchJobResponse;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.Map;

/** Job 7 has failed, job 8 runs; others do not exist. */
final class FakeJobs extends JobsGrpc.JobsImplBase {
  private static final String BOOK = "books/0198c0de-0000-7000-8000-00000000abcd";

  @Override
  public void getJob(GetJobRequest request, StreamObserver<Job> answer) {
    reply(answer, request.getName());
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<Job> answer) {
    if (request.getName().equals("jobs/7")) {
      answer.onError(
          Faults.error(
              Code.FAILED_PRECONDITION,
              "JOB_STATE",
              "job 7 has failed already",
              Map.of("job", "jobs/7", "state", "FAILED")));
      return;
    }
    reply(answer, request.getName());
  }

  @Override
  public void retryJob(RetryJobRequest request, StreamObserver<Job> answer) {
    reply(answer, request.getName());
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answer) {
    answer.onNext(ListJobsResponse.newBuilder().addJobs(running()).addJobs(failed()).build());
    answer.onCompleted();
  }

  @Override
  public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> answer) {
    answer.onNext(WatchJobResponse.newBuilder().setJob(running()).build());
    answer.onNext(WatchJobResponse.newBuilder().setJob(failed()).build());
    answer.onCompleted();
  }

  private static void reply(StreamObserver<Job> answer, String name) {
    switch (name) {
      case "jobs/7" -> answer.onNext(failed());
      case "jobs/8" -> answer.onNext(running());
      default -> {
        answer.onError(
            Faults.error(Code.NOT_FOUND, "JOB_NOT_FOUND", "no job " + name, Map.of("job", name)));
        return;
      }
    }
    answer.onCompleted();
  }

  private static Job running() {
    return Job.newBuilder()
        .setName("jobs/8")
        .setBook(BOOK)
        .setKind("parse")
        .setState(Job.State.STATE_RUNNING)
        .setPercent(40)
        .setActivity("chapter 12 of 40")
        .build();
  }

  private static Job failed() {
    Failure failure =
        Failure.newBuilder()
            .setReason(ErrorReason.ERROR_REASON_RUNNER_CRASHED)
            .setMessage("the runner ran out of memory")
            .build();
    return Job.newBuilder()
        .setName("jobs/7")
        .setBook(BOOK)
        .setKind("parse")
        .setState(Job.State.STATE_FAILED)
        .setFailure(failure)
        .addAttempts(
            Attempt.newBuilder()
                .setNumber(1)
                .setWorker("demo")
                .setEnding(Ending.ENDING_CRASHED)
                .setCause("OOM_HEAP")
                .setFailure(failure))
        .build();
  }
}
