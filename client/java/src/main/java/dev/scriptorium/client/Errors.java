package dev.scriptorium.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns a gRPC status into the exception that callers of the library see. */
final class Errors {
  private final ServerAddress server;

  Errors(ServerAddress server) {
    this.server = server;
  }

  ScriptoriumException decode(StatusRuntimeException error) {
    Status status = error.getStatus();
    var details = StatusProto.fromStatusAndTrailers(status, error.getTrailers());
    Optional<ErrorInfo> info = detail(details, ErrorInfo.class);
    Duration retryAfter =
        detail(details, RetryInfo.class)
            .map(RetryInfo::getRetryDelay)
            .map(Errors::span)
            .orElse(null);
    if (info.isPresent()) {
      return new ScriptoriumException(
          info.get().getReason(),
          describe(status),
          info.get().getMetadataMap(),
          status.getCode(),
          retryAfter,
          error);
    }
    return undescribed(status, retryAfter, error);
  }

  /** Nothing in the status comes from our server: the transport, a proxy or gRPC itself speaks. */
  private ScriptoriumException undescribed(
      Status status, @Nullable Duration retryAfter, StatusRuntimeException error) {
    if (Thread.currentThread().isInterrupted()) {
      return interrupted(error);
    }
    // A server that is stopped resets its streams; we never look at a call that we cancelled.
    boolean away =
        status.getCode() == Status.Code.UNAVAILABLE || status.getCode() == Status.Code.CANCELLED;
    Status.Code code = away ? Status.Code.UNAVAILABLE : status.getCode();
    String reason = away ? ScriptoriumException.SERVER_UNREACHABLE : code.name();
    String message =
        switch (status.getCode()) {
          case UNAVAILABLE -> "no answer from " + server + ": " + transportCause(status);
          case CANCELLED -> "no answer from " + server + ": it ended the call";
          case DEADLINE_EXCEEDED -> "no answer from " + server + " in time";
          case UNIMPLEMENTED -> server + " does not know this call; is it an older server?";
          default -> describe(status);
        };
    return new ScriptoriumException(reason, message, Map.of(), code, retryAfter, error);
  }

  static ScriptoriumException interrupted(Throwable cause) {
    return new ScriptoriumException(
        ScriptoriumException.INTERRUPTED,
        "interrupted",
        Map.of(),
        Status.Code.CANCELLED,
        null,
        cause);
  }

  private static String describe(Status status) {
    String description = status.getDescription();
    return description == null || description.isBlank() ? status.getCode().name() : description;
  }

  private static String transportCause(Status status) {
    Throwable cause = status.getCause();
    while (cause != null) {
      if (cause instanceof ConnectException) {
        return "connection refused";
      }
      if (cause instanceof UnknownHostException) {
        return "unknown host";
      }
      if (cause instanceof SSLException) {
        return "no encrypted connection (" + cause.getMessage() + ")";
      }
      cause = cause.getCause();
    }
    return describe(status).lines().findFirst().orElse("connection lost");
  }

  private static Duration span(com.google.protobuf.Duration delay) {
    return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
  }

  private static <T extends Message> Optional<T> detail(
      com.google.rpc.@Nullable Status status, Class<T> type) {
    if (status == null) {
      return Optional.empty();
    }
    return status.getDetailsList().stream()
        .filter(any -> any.is(type))
        .findFirst()
        .map(any -> unpack(any, type));
  }

  private static <T extends Message> T unpack(Any any, Class<T> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the server sent a damaged " + type.getSimpleName(), e);
    }
  }
}
