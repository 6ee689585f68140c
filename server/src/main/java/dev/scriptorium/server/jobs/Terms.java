package dev.scriptorium.server.jobs;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.schedule.KeyLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a job runs.
 *
 * @param priority 0 to 100; higher comes first within its tier
 * @param notBefore when the first attempt may start
 * @param limit limits it counts against; null for none
 * @param deadline time for an attempt; zero: the kind's own
 * @param memoryBytes memory an attempt needs at least; 0: the kind's own
 * @param inputBytes length of what it reads, by which memory is learned; 0 when unknown
 * @param uniqueKey while a job with this key has not ended there is no second; empty for none
 * @param payload handed to the plugin as it is, at most 2 KiB
 */
public record Terms(
    int priority,
    Instant notBefore,
    @Nullable KeyLimit limit,
    Duration deadline,
    long memoryBytes,
    long inputBytes,
    String uniqueKey,
    ByteString payload) {
  /** Nothing special. */
  public static final Terms USUAL = reading(0);

  /** Nothing special, for a job that reads so much. */
  public static Terms reading(long inputBytes) {
    return new Terms(0, Instant.EPOCH, null, Duration.ZERO, 0, inputBytes, "", ByteString.EMPTY);
  }

  /** The same, handing the plugin something else. */
  public Terms withPayload(ByteString other) {
    return new Terms(
        priority, notBefore, limit, deadline, memoryBytes, inputBytes, uniqueKey, other);
  }
}
