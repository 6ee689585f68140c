package dev.scriptorium.worker.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.worker.frame.FrameReader;
import dev.scriptorium.worker.frame.FrameWriter;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.JobProgress;
import dev.scriptorium.worker.v1.StartJob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunningJobTest {
  private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Runnable> timed = new ArrayList<>();
  private final RunningJob job =
      new RunningJob(
          StartJob.newBuilder().setJob(7).setDeadlineMillis(1000).build(),
          new FrameWriter(pipe),
          nanos::get,
          (wait, task) -> timed.add(task),
          new SpareHeap(100 << 20, () -> 0, () -> 0, () -> {}));

  @Test
  void progressIsThinnedToTenASecondAndNeverGoesBack() throws IOException {
    job.begin();
    for (int i = 0; i < 1000; i++) {
      job.progress(i % 100 / 100.0, "step " + i);
      pass(Duration.ofMillis(1));
    }

    List<JobProgress> sent = sent();
    assertThat(sent).hasSizeBetween(9, 11);
    assertThat(sent).extracting(JobProgress::getPercent).isSorted();
    assertThat(sent).extracting(JobProgress::getJob).containsOnly(7L);
  }

  @Test
  void oddFractionsAndLongActivitiesDoNoHarm() throws IOException {
    job.begin();
    job.progress(Double.NaN, "x".repeat(500));
    pass(Duration.ofSeconds(1));
    job.progress(17, "over");
    pass(Duration.ofSeconds(1));
    job.progress(-1, "under");

    List<JobProgress> sent = sent();
    assertThat(sent).extracting(JobProgress::getPercent).containsExactly(0, 100, 100);
    assertThat(sent.getFirst().getActivity()).hasSize(100);
  }

  @Test
  void theJobIsAskedToStopWhenItsTimeIsOver() {
    job.begin();
    pass(Duration.ofMillis(999));
    assertThat(job.stopRequested()).isFalse();
    assertThat(job.timeLeft()).contains(Duration.ofMillis(1));

    pass(Duration.ofMillis(2));

    assertThat(job.stopRequested()).isTrue();
    assertThat(job.timeLeft()).contains(Duration.ZERO);
  }

  @Test
  void onlyADiscardedJobIsInterruptedAndTheNextDoesNotSeeIt() {
    job.begin();
    job.stop(false);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();

    job.stop(true);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();

    job.end();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aJobDiscardedBeforeItBeganIsInterruptedAtItsBeginning() {
    job.stop(true);

    job.begin();

    assertThat(Thread.interrupted()).isTrue();
    job.end();
  }

  @Test
  void ofManyCheckpointsTheFirstIsSentAtOnceAndThenTheLatestOfEverySecond() throws IOException {
    job.begin();
    for (int i = 0; i < 100; i++) {
      job.saveCheckpoint(new byte[] {(byte) i});
      pass(Duration.ofMillis(1));
    }
    pass(Duration.ofSeconds(1));
    timed.forEach(Runnable::run);

    assertThat(timed).hasSize(1);
    assertThat(checkpoints()).containsExactly(0, 99);
  }

  @Test
  void aCheckpointThatWaitsIsFlushedBeforeTheEndAndNeverAfterIt() throws IOException {
    job.begin();
    job.saveCheckpoint(new byte[] {1});
    job.saveCheckpoint(new byte[] {2});
    job.flushCheckpoint();
    job.saveCheckpoint(new byte[] {3});
    job.end();
    timed.forEach(Runnable::run);

    assertThat(checkpoints()).containsExactly(1, 2);
  }

  @Test
  void aCheckpointAboveTheLimitIsRefusedWithBothSizes() {
    job.begin();
    job.saveCheckpoint(new byte[64 << 10]);

    assertThatThrownBy(() -> job.saveCheckpoint(new byte[(64 << 10) + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoint of 65537 bytes, at most 65536");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private List<JobProgress> sent() throws IOException {
    FrameReader<FromRunner> reader =
        new FrameReader<>(new ByteArrayInputStream(pipe.toByteArray()), FromRunner.parser());
    List<JobProgress> all = new ArrayList<>();
    for (var frame = reader.read(); frame.isPresent(); frame = reader.read()) {
      all.add(frame.get().getProgress());
    }
    return all;
  }

  private List<Integer> checkpoints() throws IOException {
    FrameReader<FromRunner> reader =
        new FrameReader<>(new ByteArrayInputStream(pipe.toByteArray()), FromRunner.parser());
    List<Integer> all = new ArrayList<>();
    for (var frame = reader.read(); frame.isPresent(); frame = reader.read()) {
      all.add((int) frame.get().getCheckpoint().getState().byteAt(0));
    }
    return all;
  }
}
