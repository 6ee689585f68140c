package dev.scriptorium.server.wire;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives every call an id: the caller's {@code x-request-id} when it is a sensible one, else a
 * random one. It is sent back in the headers, or in the trailers of a call that failed before it
 * answered.
 */
public final class RequestId implements ServerInterceptor {
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
  // It goes into the log as it is.
  private static final Pattern SENSIBLE = Pattern.compile("[0-9A-Za-z._-]{1,64}");
  private static final Context.Key<String> KEY = Context.key("request-id");

  private final RandomGenerator random;

  /**
   * @param random need not be secret
   */
  public RequestId(RandomGenerator random) {
    this.random = random;
  }

  /** The id of the current call; a dash outside one. */
  static String current() {
    String id = KEY.get();
    return id == null ? "-" : id;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String id = choose(headers.get(HEADER));
    Context context = Context.current().withValue(KEY, id);
    return Contexts.interceptCall(context, new Echo<>(call, id), headers, next);
  }

  private String choose(@Nullable String sent) {
    if (sent != null && SENSIBLE.matcher(sent).matches()) {
      return sent;
    }
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  private static final class Echo<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final String id;
    private boolean headersSent;

    Echo(ServerCall<Q, A> call, String id) {
      super(call);
      this.id = id;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headersSent = true;
      headers.put(HEADER, id);
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!headersSent) {
        trailers.put(HEADER, id);
      }
      super.close(status, trailers);
    }
  }
}
