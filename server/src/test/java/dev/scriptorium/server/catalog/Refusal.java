package dev.scriptorium.server.catalog;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refused call was told. */
public record Refusal(
    Status.Code code, String reason, String message, Map<String, String> metadata) {

  /** Makes a call that must be refused. */
  public static Refusal of(ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    Assertions.assertThat(thrown).isInstanceOf(StatusRuntimeException.class);
    Status status = ((StatusRuntimeException) thrown).getStatus();
    com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
    if (details == null) {
      throw new AssertionError("no details", thrown);
    }
    try {
      ErrorInfo info = details.getDetails(0).unpack(ErrorInfo.class);
      return new Refusal(
          status.getCode(), info.getReason(), details.getMessage(), info.getMetadataMap());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
