package dev.scriptorium.fake;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Errors that the next calls of a method end with. Thread-safe. */
public final class Faults {
  private final Map<String, Queue<StatusRuntimeException>> planned = new ConcurrentHashMap<>();

  /** The next call of the method, for example {@code ListBooks}, ends with this. */
  public void plan(String method, StatusRuntimeException error) {
    planned.computeIfAbsent(method, name -> new ConcurrentLinkedQueue<>()).add(error);
  }

  void throwPlanned(String method) {
    Queue<StatusRuntimeException> queue = planned.get(method);
    StatusRuntimeException error = queue == null ? null : queue.poll();
    if (error != null) {
      throw error;
    }
  }

  /** An error as the server makes it. */
  public static StatusRuntimeException error(
      Code code, String reason, String message, Map<String, String> metadata) {
    return StatusProto.toStatusRuntimeException(described(code, reason, message, metadata).build());
  }

  /** An error that asks for a retry. */
  public static StatusRuntimeException retryLater(Code code, String reason, Duration delay) {
    var seconds =
        com.google.protobuf.Duration.newBuilder()
            .setSeconds(delay.toSeconds())
            .setNanos(delay.toNanosPart());
    return StatusProto.toStatusRuntimeException(
        described(code, reason, "later", Map.of())
            .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(seconds).build()))
            .build());
  }

  private static Status.Builder described(
      Code code, String reason, String message, Map<String, String> metadata) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(reason)
            .setDomain("scriptorium.dev")
            .putAllMetadata(metadata)
            .build();
    return Status.newBuilder().setCode(code.value()).setMessage(message).addDetails(Any.pack(info));
  }
}
