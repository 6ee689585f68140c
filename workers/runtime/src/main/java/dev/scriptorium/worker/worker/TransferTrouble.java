package dev.scriptorium.worker.worker;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;

/** What it means that a file could not be brought from or to a server. */
enum TransferTrouble {
  /** The attempt is no longer this worker's. */
  FENCED,
  /** The server cannot do it now; it may later. */
  AWAY,
  /** Other bytes arrived than were sent. */
  DAMAGED,
  /** The server will never take it. */
  REFUSED;

  /** How often a damaged file is sent. */
  static final int MOST_DAMAGED = 3;

  /** Reads the server's answer. */
  static TransferTrouble of(StatusException trouble) {
    if (trouble.getStatus().getCode() == Status.Code.DATA_LOSS) {
      return DAMAGED;
    }
    return switch (reason(trouble)) {
      case "ATTEMPT_FENCED" -> FENCED;
      case "UPLOAD_CORRUPT" -> DAMAGED;
      case "FILE_TOO_LARGE", "INVALID_FIELD" -> REFUSED;
      default -> AWAY;
    };
  }

  private static String reason(StatusException trouble) {
    com.google.rpc.Status status = StatusProto.fromThrowable(trouble);
    if (status == null) {
      return "";
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return detail.unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException e) {
          // A detail that cannot be read says nothing.
          return "";
        }
      }
    }
    return "";
  }
}
