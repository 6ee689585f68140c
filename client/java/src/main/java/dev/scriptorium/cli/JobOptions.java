package dev.scriptorium.cli;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.KeyLimit;
import dev.scriptorium.v1.NewJob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a new job is to be: options of {@code jobs submit} and {@code jobs schedule put}. */
final class JobOptions {
  private static final int LARGEST_PAYLOAD = 2048;

  @Parameters(paramLabel = "KIND", description = "Kind of job: what a plugin calls its work.")
  private String kind = "";

  @Option(
      names = "--media-type",
      paramLabel = "TYPE",
      description = "What a worker has to be able to read. application/octet-stream by default.")
  private String mediaType = "";

  @Option(
      names = "--payload",
      paramLabel = "TEXT|@FILE",
      description = "Handed to the plugin as it is: a text, or a file's bytes; at most 2 KiB.")
  private String payload = "";

  @Option(
      names = "--tier",
      paramLabel = "N",
      description = "1 to 3: lower tiers come first, whatever the priority. 3 by default.")
  private int tier;

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "0 to 100: higher comes first within a tier. 0 by default.")
  private int priority;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = Amounts.Size.class,
      description = "Memory that it needs at least, for example 900MB. Learned by default.")
  private long memory;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = Amounts.Span.class,
      description = "Time for an attempt, for example 90s or 10m. The kind's own by default.")
  private @Nullable Duration deadline;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Limits count among the jobs with the same key, on each server.")
  private @Nullable String key;

  @Option(
      names = "--key-running",
      paramLabel = "N",
      description = "At most N with this key run at once. 1 by default: one after the other.")
  private int keyRunning;

  @Option(
      names = "--key-per-minute",
      paramLabel = "N",
      description = "At most N with this key start in a minute. No limit by default.")
  private int keyPerMinute;

  /** Looks at what can be judged without a server; throws what is to be said of it. */
  void check() {
    if (key == null && (keyRunning != 0 || keyPerMinute != 0)) {
      throw new CliException(2, "--key-running and --key-per-minute go with --key");
    }
    readPayload();
  }

  NewJob.Builder toJob() {
    NewJob.Builder job =
        NewJob.newBuilder()
            .setKind(kind)
            .setMediaType(mediaType)
            .setPayload(readPayload())
            .setTier(tier)
            .setPriority(priority)
            .setMemoryBytes(memory);
    if (deadline != null) {
      job.setDeadline(span(deadline));
    }
    if (key != null) {
      job.setLimit(
          KeyLimit.newBuilder()
              .setKey(key)
              .setConcurrency(keyRunning)
              .setStartsPerMinute(keyPerMinute));
    }
    return job;
  }

  static com.google.protobuf.Duration span(Duration span) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(span.getSeconds())
        .setNanos(span.getNano())
        .build();
  }

  private ByteString readPayload() {
    ByteString bytes =
        payload.startsWith("@")
            ? contentOf(Path.of(payload.substring(1)))
            : ByteString.copyFromUtf8(payload);
    if (bytes.size() > LARGEST_PAYLOAD) {
      throw new CliException(
          2,
          "the payload has more than "
              + Words.count(LARGEST_PAYLOAD)
              + " bytes; hand over a reference to what is larger");
    }
    return bytes;
  }

  private static ByteString contentOf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than is allowed tells that it is too long.
      return ByteString.copyFrom(in.readNBytes(LARGEST_PAYLOAD + 1));
    } catch (NoSuchFileException e) {
      throw new CliException(2, "the payload's file " + file + " does not exist");
    } catch (IOException e) {
      throw new CliException(
          2, "the payload's file " + file + " cannot be read: " + e.getMessage());
    }
  }
}
