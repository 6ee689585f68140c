package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import java.io.Serial;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error that the caller is told, with the reason that the API publishes. */
public final class ApiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ErrorReason reason;
  private final transient Map<String, String> metadata;
  private final @Nullable Duration retryAfter;

  /**
   * @param reason its status code follows from it
   * @param message one sentence that names the input and the limit, and says what to do
   * @param metadata the dynamic parts of the message
   */
  public ApiException(ErrorReason reason, String message, Map<String, String> metadata) {
    this(reason, message, metadata, null);
  }

  /**
   * @param retryAfter when a retry may help; null when it does not
   */
  public ApiException(
      ErrorReason reason,
      String message,
      Map<String, String> metadata,
      @Nullable Duration retryAfter) {
    super(message);
    this.reason = reason;
    this.metadata = Map.copyOf(metadata);
    this.retryAfter = retryAfter;
  }

  /** What the API calls it. */
  public ErrorReason reason() {
    return reason;
  }

  /** The dynamic parts of the message. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** When a retry may help; null when it does not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
