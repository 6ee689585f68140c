package dev.scriptorium.loadtest.chaos.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scriptorium.plugin.JobContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes what a runner does to a file of its own, outside of the system: one line of JSON at a
 * time, in one write, so that a killed runner leaves whole lines.
 */
final class Trace {
  private final Path file;
  private final Orders orders;
  private final JobContext job;

  private Trace(Path file, Orders orders, JobContext job) {
    this.file = file;
    this.orders = orders;
    this.job = job;
  }

  /** The trace of one execution. */
  static Trace of(Orders orders, JobContext job) {
    Path file = Path.of(orders.traces(), "runner-" + ProcessHandle.current().pid() + ".jsonl");
    return new Trace(file, orders, job);
  }

  /**
   * Notes an event.
   *
   * @param event {@code start}, {@code step} or {@code end}
   * @param step number of the part, from 0
   */
  void note(String event, int step) throws IOException {
    if (orders.traces().isEmpty()) {
      return;
    }
    String line =
        "{\"event\":\"%s\",\"job\":%d,\"attempt\":%d,\"intent\":\"%s\",\"kind\":\"%s\",\"step\":%d,\"pid\":%d,\"millis\":%d}%n"
            .formatted(
                event,
                job.jobId(),
                job.attempt(),
                orders.intent(),
                job.kind(),
                step,
                ProcessHandle.current().pid(),
                System.currentTimeMillis());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
