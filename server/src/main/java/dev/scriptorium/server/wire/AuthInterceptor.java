package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds out who calls, by the metadata {@code authorization: Bearer <key>}, and whether the role
 * may call the method. Stands inside {@link StatusInterceptor}.
 */
public final class AuthInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "bearer ";
  private static final Set<String> OPEN_SERVICES =
      Set.of(
          "grpc.health.v1.Health",
          "grpc.reflection.v1.ServerReflection",
          "externalscaler.ExternalScaler");

  private final Function<String, Optional<Caller>> callers;
  private final Function<String, Set<Role>> rules;

  /**
   * @param callers from a key to who has it; empty for a key that is not, or no longer, valid
   * @param rules from a method's full name to the roles that may call it; empty for none
   */
  public AuthInterceptor(
      Function<String, Optional<Caller>> callers, Function<String, Set<Role>> rules) {
    this.callers = callers;
    this.rules = rules;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String service = call.getMethodDescriptor().getServiceName();
    if (service != null && OPEN_SERVICES.contains(service)) {
      return next.startCall(call, headers);
    }
    Caller caller = caller(headers);
    checkRole(caller, call.getMethodDescriptor().getFullMethodName());
    Context context = Context.current().withValue(Caller.KEY, caller);
    return Contexts.interceptCall(context, call, headers, next);
  }

  private Caller caller(Metadata headers) {
    String header = headers.get(AUTHORIZATION);
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw invalid("no API key: send the metadata authorization: Bearer <key>");
    }
    return callers
        .apply(header.substring(SCHEME.length()).strip())
        .orElseThrow(() -> invalid("the API key is unknown, expired or revoked"));
  }

  private void checkRole(Caller caller, String method) {
    if (!rules.apply(method).contains(caller.role())) {
      String role = caller.role().name().toLowerCase(Locale.ROOT);
      throw new ApiException(
          ErrorReason.ERROR_REASON_ROLE_NOT_ALLOWED,
          "a key of the role " + role + " may not call " + method,
          Map.of("role", role, "method", method));
    }
  }

  private static ApiException invalid(String message) {
    return new ApiException(ErrorReason.ERROR_REASON_API_KEY_INVALID, message, Map.of());
  }
}
