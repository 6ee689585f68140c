package dev.scriptorium.server.wire;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.scriptorium.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.ProtoUtils;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as it goes over the wire: a code, a sentence, exactly one ErrorInfo, and a RetryInfo
 * where a retry helps.
 *
 * @param status code and sentence
 * @param trailers the details
 */
record ErrorStatus(Status status, Metadata trailers) {
  private static final String DOMAIN = "scriptorium.dev";
  private static final String PREFIX = "ERROR_REASON_";
  private static final Metadata.Key<com.google.rpc.Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));
  // What gRPC's own clients read before they retry.
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  /** What the caller is told of an exception that was made for it. */
  static ErrorStatus of(ApiException e) {
    String message = e.getMessage();
    return of(
        code(e.reason()),
        e.reason().name().substring(PREFIX.length()),
        message == null ? "" : message,
        e.metadata(),
        e.retryAfter());
  }

  /** The call's deadline has passed before there was an answer. */
  static ErrorStatus deadlineExceeded(String message) {
    return of(Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", message, Map.of(), null);
  }

  private static ErrorStatus of(
      Code code,
      String reason,
      String message,
      Map<String, String> metadata,
      @Nullable Duration retryAfter) {
    ErrorInfo info =
        ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).putAllMetadata(metadata).build();
    com.google.rpc.Status.Builder details =
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(message)
            .addDetails(Any.pack(info));
    Metadata trailers = new Metadata();
    if (retryAfter != null) {
      RetryInfo retry =
          RetryInfo.newBuilder()
              .setRetryDelay(
                  com.google.protobuf.Duration.newBuilder()
                      .setSeconds(retryAfter.toSeconds())
                      .setNanos(retryAfter.toNanosPart()))
              .build();
      details.addDetails(Any.pack(retry));
      trailers.put(PUSHBACK, Long.toString(retryAfter.toMillis()));
    }
    trailers.put(DETAILS, details.build());
    return new ErrorStatus(code.toStatus().withDescription(message), trailers);
  }

  /** The code that the API promises for a reason; those that only jobs have are defects here. */
  private static Code code(ErrorReason reason) {
    return switch (reason) {
      case ERROR_REASON_INVALID_FIELD,
          ERROR_REASON_PAGE_TOKEN_INVALID,
          ERROR_REASON_FILTER_INVALID,
          ERROR_REASON_LOCATOR_INVALID,
          ERROR_REASON_REQUEST_ID_REUSED,
          ERROR_REASON_FILE_EMPTY,
          ERROR_REASON_FILE_TOO_LARGE,
          ERROR_REASON_FORMAT_UNSUPPORTED,
          ERROR_REASON_UPLOAD_CORRUPT ->
          Code.INVALID_ARGUMENT;
      case ERROR_REASON_API_KEY_INVALID, ERROR_REASON_LOGIN_FAILED -> Code.UNAUTHENTICATED;
      case ERROR_REASON_ROLE_NOT_ALLOWED, ERROR_REASON_ATTEMPT_FENCED -> Code.PERMISSION_DENIED;
      case ERROR_REASON_BOOK_NOT_FOUND,
          ERROR_REASON_CHAPTER_NOT_FOUND,
          ERROR_REASON_COVER_NOT_FOUND,
          ERROR_REASON_RESOURCE_NOT_FOUND,
          ERROR_REASON_JOB_NOT_FOUND,
          ERROR_REASON_WORKER_NOT_FOUND,
          ERROR_REASON_SCHEDULE_NOT_FOUND,
          ERROR_REASON_STEP_NOT_FOUND,
          ERROR_REASON_ANNOTATION_NOT_FOUND,
          ERROR_REASON_ENTITY_NOT_FOUND,
          ERROR_REASON_USER_NOT_FOUND,
          ERROR_REASON_KEY_NOT_FOUND,
          ERROR_REASON_COLLECTION_NOT_FOUND,
          ERROR_REASON_SAVED_FILTER_NOT_FOUND ->
          Code.NOT_FOUND;
      case ERROR_REASON_CHANGES_COMPACTED -> Code.OUT_OF_RANGE;
      case ERROR_REASON_BOOK_EXISTS, ERROR_REASON_USER_EXISTS -> Code.ALREADY_EXISTS;
      case ERROR_REASON_ETAG_MISMATCH -> Code.ABORTED;
      case ERROR_REASON_JOB_STATE, ERROR_REASON_LAST_OPERATOR, ERROR_REASON_BOOK_NOT_READABLE ->
          Code.FAILED_PRECONDITION;
      case ERROR_REASON_DATABASE_UNAVAILABLE, ERROR_REASON_SHUTTING_DOWN -> Code.UNAVAILABLE;
      case ERROR_REASON_DISK_FULL,
          ERROR_REASON_BACKLOG_FULL,
          ERROR_REASON_OVERLOADED,
          ERROR_REASON_ANNOTATION_LIMIT,
          ERROR_REASON_QUOTA_EXCEEDED,
          ERROR_REASON_COLLECTION_FULL,
          ERROR_REASON_COLLECTION_LIMIT,
          ERROR_REASON_SHARE_LIMIT,
          ERROR_REASON_SAVED_FILTER_LIMIT,
          ERROR_REASON_MESSAGE_TOO_LARGE,
          ERROR_REASON_RATE_LIMITED ->
          Code.RESOURCE_EXHAUSTED;
      case ERROR_REASON_FILE_CORRUPT,
          ERROR_REASON_PASSWORD_REQUIRED,
          ERROR_REASON_DRM_PROTECTED,
          ERROR_REASON_LIMIT_EXCEEDED,
          ERROR_REASON_NO_TEXT,
          ERROR_REASON_RUNNER_CRASHED,
          ERROR_REASON_DEADLINE_EXCEEDED,
          ERROR_REASON_PLUGIN_FAILED,
          ERROR_REASON_NO_WORKER,
          ERROR_REASON_RESULT_INVALID,
          ERROR_REASON_CANCELLED,
          ERROR_REASON_DEPENDENCY_FAILED,
          ERROR_REASON_INTERNAL,
          ERROR_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          Code.INTERNAL;
    };
  }
}
