package dev.scriptorium.worker.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.worker.frame.FrameReader;
import dev.scriptorium.worker.frame.FrameWriter;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.JobFile;
import dev.scriptorium.worker.v1.StartJob;
import dev.scriptorium.worker.v1.ToRunner;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(30)
class JobLoopTest {
  private static final String KIND = "test";

  @TempDir Path folder;

  @Test
  void aJobEndsThePracticeThatWouldNeverEnd() throws Exception {
    Untiring handler = new Untiring();
    PluginHost plugins = new PluginHost(List.of(handler));
    plugins.warm();
    PipedOutputStream written = new PipedOutputStream();
    FrameReader<FromRunner> answers =
        new FrameReader<>(new PipedInputStream(written), FromRunner.parser());
    JobLoop loop =
        new JobLoop(
            plugins,
            new FrameWriter(written),
            System::nanoTime,
            LoggerFactory.getLogger(JobLoopTest.class));
    Thread jobs = new Thread(() -> run(loop), "jobs");
    jobs.start();
    try {
      assertThat(handler.practised.await(20, TimeUnit.SECONDS)).isTrue();
      loop.accept(start(1));
      assertThat(end(answers).getFinished().getJob()).isEqualTo(1);
      loop.accept(start(2));
      assertThat(end(answers).getFinished().getJob()).isEqualTo(2);
    } finally {
      jobs.interrupt();
      jobs.join();
    }
  }

  private ToRunner start(int job) throws IOException {
    Path directory = Files.createDirectory(folder.resolve("job-" + job));
    Files.writeString(directory.resolve("book"), "A line.");
    return ToRunner.newBuilder()
        .setStart(
            StartJob.newBuilder()
                .setJob(job)
                .setKind(KIND)
                .setDirectory(directory.toString())
                .setDeadlineMillis(60_000)
                .addInputs(JobFile.newBuilder().setKind(Input.Kind.KIND_BOOK_FILE).setName("book")))
        .build();
  }

  private static FromRunner end(FrameReader<FromRunner> answers) throws IOException {
    FromRunner answer = answers.read().orElseThrow();
    while (answer.hasProgress()) {
      answer = answers.read().orElseThrow();
    }
    return answer;
  }

  private static void run(JobLoop loop) {
    try {
      loop.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Untiring implements JobHandler {
    private final CountDownLatch practised = new CountDownLatch(3);

    @Override
    public Set<Capability> capabilities() {
      return Set.of(new Capability(KIND, "*"));
    }

    @Override
    public boolean practise() {
      practised.countDown();
      return true;
    }

    @Override
    public void handle(JobContext job, BookSink sink) {}
  }
}
