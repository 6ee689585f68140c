package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests that cannot be read into errors of the API. gRPC reads a request before any
 * interceptor sees it, and would answer UNKNOWN: so what cannot be read travels on as a message of
 * its own, which {@link StatusInterceptor} takes out.
 */
public final class ReadableRequests {
  private ReadableRequests() {}

  /** The same service for requests that may be anything. */
  public static ServerServiceDefinition of(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    service.getMethods().forEach(method -> methods.add(guard(method)));
    // With the schema, from which reflection tells what the service looks like.
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder guarded = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(guarded::addMethod);
    return guarded.build();
  }

  /** The error that a message stands for; null for every other message. */
  static @Nullable ApiException unreadable(@Nullable Object message) {
    return message instanceof Unreadable request ? request.error() : null;
  }

  private static <Q, A> ServerMethodDefinition<Q, A> guard(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    Marshaller<Q> requests = new Guard<>(descriptor.getRequestMarshaller());
    return ServerMethodDefinition.create(
        descriptor.toBuilder(requests, descriptor.getResponseMarshaller()).build(),
        method.getServerCallHandler());
  }

  /** Travels where a request would. */
  private record Unreadable(ApiException error) {}

  private record Guard<T>(Marshaller<T> marshaller) implements Marshaller<T> {
    @Override
    public InputStream stream(T value) {
      return marshaller.stream(value);
    }

    // No code between here and the interceptor knows the type of a request.
    @SuppressWarnings("unchecked")
    @Override
    public T parse(InputStream stream) {
      try {
        return marshaller.parse(stream);
      } catch (StatusRuntimeException e) {
        return (T) new Unreadable(error(e.getStatus()));
      }
    }

    private static ApiException error(Status status) {
      return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
          ? new ApiException(
              ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
              "the message is larger than the server takes, or becomes so when it is unpacked",
              Map.of())
          : InvalidField.of("request", "not shown", "a message of the method's type");
    }
  }
}
