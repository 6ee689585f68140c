package dev.scriptorium.server.wire;

import dev.scriptorium.server.blob.DiskFullException;
import dev.scriptorium.server.database.Outage;
import dev.scriptorium.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a caller is told of an exception. Neither SQL nor the text of an unforeseen
 * exception ever leaves the server; the log has them under the request's id.
 */
final class ErrorMapping {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapping.class);

  private ErrorMapping() {}

  /**
   * @param method full name, for the log
   * @param requestId what the caller can quote
   */
  static ErrorStatus map(Throwable failure, String method, String requestId) {
    if (failure instanceof ApiException expected) {
      return ErrorStatus.of(expected);
    }
    if (failure instanceof StatusRuntimeException e) {
      return new ErrorStatus(e.getStatus(), orEmpty(e.getTrailers()));
    }
    if (failure instanceof StatusException e) {
      return new ErrorStatus(e.getStatus(), orEmpty(e.getTrailers()));
    }
    if (failure instanceof DiskFullException full) {
      return ErrorStatus.of(diskFull(full));
    }
    if (failure instanceof IllegalArgumentException) {
      LOG.warn("{} {}: invalid request", requestId, method, failure);
      return ErrorStatus.of(
          InvalidField.of("request", "not shown", "see the method's description"));
    }
    Optional<Duration> retry = Outage.retryAfter(failure);
    if (retry.isPresent()) {
      LOG.warn("{} {}: database unavailable: {}", requestId, method, failure.toString());
      return ErrorStatus.of(databaseUnavailable(retry.get()));
    }
    LOG.error("{} {} failed", requestId, method, failure);
    return ErrorStatus.of(internal(requestId));
  }

  /** True when a status says nothing but that something was thrown. */
  static boolean isUnmapped(Status status) {
    return status.getCode() == Status.Code.UNKNOWN && status.getCause() != null;
  }

  private static ApiException diskFull(DiskFullException e) {
    return new ApiException(
        ErrorReason.ERROR_REASON_DISK_FULL,
        "the server's disk has less than %d bytes left; retry when space was made"
            .formatted(e.floorBytes()),
        Map.of("limit_bytes", Long.toString(e.floorBytes())),
        Duration.ofMinutes(1));
  }

  private static ApiException databaseUnavailable(Duration retry) {
    return new ApiException(
        ErrorReason.ERROR_REASON_DATABASE_UNAVAILABLE,
        "the database does not answer; retry in " + retry.toMillis() + " ms",
        Map.of(),
        retry);
  }

  private static ApiException internal(String requestId) {
    return new ApiException(
        ErrorReason.ERROR_REASON_INTERNAL,
        "internal error; the server's log has it under request id " + requestId,
        Map.of("request_id", requestId));
  }

  private static Metadata orEmpty(@Nullable Metadata trailers) {
    return trailers == null ? new Metadata() : trailers;
  }
}
