package dev.scriptorium.server;

import com.google.protobuf.Any;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls any method with requests written as JSON, and tells the outcome in a few words. */
final class GenericCall {
  private static final Metadata.Key<com.google.rpc.Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));
  private static final int SECONDS = 20;

  /**
   * @param code OK also for a stream that has begun
   * @param reason of the error; empty for none
   * @param message of the error
   */
  record Outcome(Status.Code code, String reason, String message) {
    static final Outcome OK = new Outcome(Status.Code.OK, "", "");

    @Override
    public String toString() {
      return reason.isEmpty() ? code.toString() : code + " " + reason;
    }
  }

  private GenericCall() {}

  static Outcome call(Channel channel, Contract.Method method, List<String> requests)
      throws Exception {
    MethodType type = method.descriptor().getType();
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            MethodDescriptor.newBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER)
                .setType(type)
                .setFullMethodName(method.name())
                .build(),
            CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS));
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    call.start(new Listener(outcome), new Metadata());
    call.request(1);
    for (String request : requests) {
      call.sendMessage(encode(method, request));
    }
    if (type != MethodType.BIDI_STREAMING) {
      call.halfClose();
    }
    try {
      return outcome.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(method.name() + " does not answer", e);
    } finally {
      call.cancel("seen enough", null);
    }
  }

  private static byte[] encode(Contract.Method method, String json)
      throws InvalidProtocolBufferException {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(method.schema().getInputType());
    JsonFormat.parser().merge(json, message);
    return message.build().toByteArray();
  }

  /** The first message, or the end. */
  private static final class Listener extends ClientCall.Listener<byte[]> {
    private final CompletableFuture<Outcome> outcome;

    Listener(CompletableFuture<Outcome> outcome) {
      this.outcome = outcome;
    }

    @Override
    public void onMessage(byte[] message) {
      outcome.complete(Outcome.OK);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      String message = status.getDescription() == null ? "" : status.getDescription();
      outcome.complete(new Outcome(status.getCode(), reason(trailers), message));
    }

    private static String reason(Metadata trailers) {
      com.google.rpc.Status details = trailers.get(DETAILS);
      if (details == null) {
        return "";
      }
      for (Any detail : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return info(detail).getReason();
        }
      }
      return "";
    }

    private static ErrorInfo info(Any detail) {
      try {
        return detail.unpack(ErrorInfo.class);
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    MARSHALLER;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
