package dev.scriptorium.loadtest.queue;

import com.google.protobuf.ByteString;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.NewJob;
import dev.scriptorium.v1.SubmitJobsRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Submits no-op jobs over the API. Thread-safe. */
final class Feeder {
  /** Jobs of one call. */
  static final int BATCH = 1000;

  private static final NewJob JOB = NewJob.newBuilder().setKind("noop").build();
  private static final SubmitJobsRequest ONE = batch(1);
  private static final SubmitJobsRequest MANY = batch(BATCH);

  private final Api api;
  private final AtomicLong submitted = new AtomicLong();

  Feeder(Api api) {
    this.api = api;
  }

  /** Jobs that were submitted and acknowledged, since the start. */
  long submitted() {
    return submitted.get();
  }

  private void submit(JobsGrpc.JobsBlockingStub stub, SubmitJobsRequest request) {
    stub.submitJobs(request);
    submitted.addAndGet(request.getJobsCount());
  }

  private static SubmitJobsRequest batch(int jobs) {
    SubmitJobsRequest.Builder request = SubmitJobsRequest.newBuilder();
    for (int i = 0; i < jobs; i++) {
      request.addJobs(JOB);
    }
    return request.build();
  }

  /** Submits jobs, 1000 a call, one call after the other; jobs a second. */
  double bulk(int jobs) {
    // The deadline of a stub begins when the stub is made.
    JobsGrpc.JobsBlockingStub stub = api.jobs().withDeadline(null);
    long start = System.nanoTime();
    for (int done = 0; done < jobs; done += BATCH) {
      submit(stub, jobs - done >= BATCH ? MANY : batch(jobs - done));
    }
    return jobs / ((System.nanoTime() - start) / 1e9);
  }

  /**
   * Submits jobs, one a call.
   *
   * @param callers how many do so at once
   * @param most jobs at most
   * @param nanos how long at most
   * @return how many were submitted
   */
  int single(int callers, int most, long nanos) {
    JobsGrpc.JobsBlockingStub stub = api.jobs().withDeadline(null);
    AtomicInteger left = new AtomicInteger(most);
    long before = submitted();
    long start = System.nanoTime();
    together(
        callers,
        () -> {
          while (System.nanoTime() - start < nanos && left.getAndDecrement() > 0) {
            submit(stub, ONE);
          }
        });
    return (int) (submitted() - before);
  }

  /**
   * Submits batches until told to stop, holding back while too much waits.
   *
   * @param room asked before every call
   */
  void stream(AtomicBoolean stop, BooleanSupplier room) {
    JobsGrpc.JobsBlockingStub stub = api.jobs().withDeadline(null);
    while (!stop.get()) {
      if (room.getAsBoolean()) {
        submit(stub, MANY);
      } else {
        LockSupport.parkNanos(200_000);
      }
    }
  }

  /** Submits one job that tells its number to the worker; when the call was made and answered. */
  Call sample(int number) {
    NewJob job =
        JOB.toBuilder()
            .setPayload(ByteString.copyFrom(ByteBuffer.allocate(4).putInt(0, number)))
            .build();
    JobsGrpc.JobsBlockingStub stub = api.jobs();
    SubmitJobsRequest request = SubmitJobsRequest.newBuilder().addJobs(job).build();
    long sent = System.nanoTime();
    submit(stub, request);
    return new Call(sent, System.nanoTime());
  }

  /** When a call was made and answered, on the machine's monotonic clock. */
  record Call(long sent, long answered) {}

  private static void together(int callers, Runnable work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(threads.submit(work));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a caller failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
