package dev.scriptorium.client;

import io.grpc.Status;
import java.io.Serial;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that failed, with the reason that the API publishes. Immutable. */
public final class ScriptoriumException extends RuntimeException {
  /** Reason when no answer came from the server. */
  public static final String SERVER_UNREACHABLE = "SERVER_UNREACHABLE";

  /** Reason when the calling thread was interrupted; its interrupt flag is set. */
  public static final String INTERRUPTED = "INTERRUPTED";

  /** Reason when a local file cannot be read. */
  public static final String FILE_UNREADABLE = "FILE_UNREADABLE";

  @Serial private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Map<String, String> metadata;
  private final Status.Code code;
  private final @Nullable Duration retryAfter;

  /**
   * @param reason name of an {@code ErrorReason} without its prefix, or one of the constants here
   * @param message one sentence for a user
   * @param metadata dynamic parts of the message, as the API documents them for the reason
   * @param code status of the call
   * @param retryAfter when the server says that a retry helps; null when it does not say so
   */
  public ScriptoriumException(
      String reason,
      String message,
      Map<String, String> metadata,
      Status.Code code,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.metadata = Map.copyOf(metadata);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** For example {@code BOOK_NOT_FOUND}; the status code's name when the server gave no reason. */
  public String reason() {
    return reason;
  }

  /** Dynamic parts of the message, such as {@code limit_bytes}. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Status of the call. */
  public Status.Code code() {
    return code;
  }

  /** When the server says that a retry helps. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** True when the same call may succeed a little later: the server is away or asks for it. */
  public boolean retryable() {
    return retryAfter != null || code == Status.Code.UNAVAILABLE;
  }

  /**
   * Exit code of a command that ends with this error: 2 bad input, 3 server unreachable, 4 key
   * refused, 5 not found, 6 not allowed, 7 server out of a resource, 70 defect of the server, 130
   * interrupted, else 1.
   */
  public int exitCode() {
    if (reason.equals(INTERRUPTED)) {
      return 130;
    }
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 2;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> 3;
      case UNAUTHENTICATED -> 4;
      case NOT_FOUND -> 5;
      case PERMISSION_DENIED -> 6;
      case RESOURCE_EXHAUSTED -> 7;
      case INTERNAL, UNKNOWN, UNIMPLEMENTED, DATA_LOSS -> 70;
      case OK, CANCELLED, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> 1;
    };
  }
}
