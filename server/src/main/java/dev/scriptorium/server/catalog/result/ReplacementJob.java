package dev.scriptorium.server.catalog.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A {@code parse} of a file that is to take the place of a book's: its payload, which no parser
 * looks at and a repeated job keeps, names the replacement.
 */
public final class ReplacementJob {
  private static final String PREFIX = "replacement ";

  private ReplacementJob() {}

  /** The terms of such a job. */
  public static Terms terms(UUID replacement, long inputBytes) {
    ByteString payload = ByteString.copyFromUtf8(PREFIX + replacement);
    return new Terms(0, Instant.EPOCH, null, Duration.ZERO, 0, inputBytes, "", payload);
  }

  /** The replacement that a job is for; empty for any other job. */
  static Optional<UUID> of(Job job) {
    String payload = job.kind().equals("parse") ? job.terms().payload().toString(UTF_8) : "";
    return payload.startsWith(PREFIX)
        ? Optional.of(UUID.fromString(payload.substring(PREFIX.length())))
        : Optional.empty();
  }
}
