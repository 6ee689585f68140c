package dev.scriptorium.fake;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Breaker;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.Queue;

/** Jobs as a server may show them. */
public final class SampleJobs {
  private static final String BOOK = "books/0198c0de-0000-7000-8000-00000000abcd";

  /** 2026-09-21T14:13:20Z. */
  private static final long NOON = 1_790_000_000;

  private SampleJobs() {}

  /** Job 8. */
  public static Job running() {
    return Job.newBuilder()
        .setName("jobs/8")
        .setBook(BOOK)
        .setKind("parse")
        .setState(Job.State.STATE_RUNNING)
        .setPercent(40)
        .setActivity("chapter 12 of 40")
        .build();
  }

  /** Job 7. */
  public static Job failed() {
    Failure failure =
        failure(ErrorReason.ERROR_REASON_RUNNER_CRASHED, "the runner ran out of memory");
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

  /** A job with everything that a page can say of it. */
  public static Job quarantined(long id) {
    Failure failure = failure(ErrorReason.ERROR_REASON_RUNNER_CRASHED, "killed by SIGSEGV");
    return Job.newBuilder()
        .setName("jobs/" + id)
        .setKind("ocr")
        .setMediaType("image/png")
        .setState(Job.State.STATE_QUARANTINED)
        .setFailure(failure)
        .setPriority(80)
        .setKey("tenant-7")
        .addAfter("jobs/3")
        .addAfter("jobs/4")
        .setWaitsFor("breaker ocr-service is open")
        .setCreateTime(time(0))
        .setRunTime(time(60))
        .setEndTime(time(300))
        .addAttempts(
            Attempt.newBuilder()
                .setNumber(3)
                .setWorker("demo")
                .setStartTime(time(100))
                .setEndTime(time(300))
                .setEnding(Ending.ENDING_QUARANTINED)
                .setCause("NATIVE_CRASH")
                .setPeakMemoryBytes(900L << 20)
                .setCpuMillis(12_300)
                .setDependency("ocr-service")
                .setLogTail("reading page 7\n\u001b[31mcannot\n")
                .setFailure(failure))
        .build();
  }

  /** A job that never ran, because another one has failed. */
  public static Job fallen(long id) {
    return Job.newBuilder()
        .setName("jobs/" + id)
        .setKind("ocr")
        .setState(Job.State.STATE_FAILED)
        .setFailure(failure(ErrorReason.ERROR_REASON_DEPENDENCY_FAILED, "job 3 has failed"))
        .build();
  }

  /** A queue with a bit of everything. */
  public static Queue queue() {
    return Queue.newBuilder()
        .addKinds(
            KindStatus.newBuilder()
                .setKind("ocr")
                .setPaused(true)
                .setMaxRunning(4)
                .setStartsPerMinute(100)
                .setBlocked(1)
                .setDelayed(2)
                .setRunnable(1_234)
                .setHeld(3)
                .setRunning(4)
                .setUnschedulable(5)
                .setMemoryBytes(900L << 20)
                .setMeanSeconds(12.34)
                .setOldestWait(Duration.newBuilder().setSeconds(200)))
        .addKinds(KindStatus.newBuilder().setKind("parse").setRunning(1))
        .addBreakers(
            Breaker.newBuilder()
                .setDependency("ocr-service")
                .setState(Breaker.State.STATE_OPEN)
                .setFailures(3)
                .setProbeTime(time(7))
                .addKinds("ocr")
                .setServer("one"))
        .build();
  }

  private static Timestamp time(long seconds) {
    return Timestamp.newBuilder().setSeconds(NOON + seconds).build();
  }

  private static Failure failure(ErrorReason reason, String message) {
    return Failure.newBuilder().setReason(reason).setMessage(message).build();
  }
}
