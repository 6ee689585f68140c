package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds out who calls, by the metadata {@code authorization: Bearer <key>}, and whether the role
 * may call the method. An address from which many wrong keys come has to wait before another one is
 * looked at; keys that were good of late go on. Stands inside {@link StatusInterceptor}.
 */
public final class AuthInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "bearer ";

  private final Callers callers;
  private final Predicate<String> open;
  private final Function<String, Set<Role>> rules;
  private final RateLimit failures;

  /**
   * @param callers from a key to who has it
   * @param open whether a method, by its full name, may be called without a key
   * @param rules from a method's full name to the roles that may call it; empty for none
   * @param failures wrong keys by address
   */
  public AuthInterceptor(
      Callers callers,
      Predicate<String> open,
      Function<String, Set<Role>> rules,
      RateLimit failures) {
    this.callers = callers;
    this.open = open;
    this.rules = rules;
    this.failures = failures;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    String address = RemoteAddress.of(call.getAttributes());
    Context context = Context.current().withValue(RemoteAddress.KEY, address);
    if (open.test(method)) {
      return Contexts.interceptCall(context, call, headers, next);
    }
    Caller caller = caller(headers, address);
    checkRole(caller, method);
    return Contexts.interceptCall(context.withValue(Caller.KEY, caller), call, headers, next);
  }

  private Caller caller(Metadata headers, String address) {
    String header = headers.get(AUTHORIZATION);
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw invalid("no API key: send the metadata authorization: Bearer <key>");
    }
    String key = header.substring(SCHEME.length()).strip();
    Optional<Caller> remembered = callers.remembered(key);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    Duration wait = failures.untilNext(address);
    if (!wait.isZero() && !callers.familiar(key)) {
      throw RateInterceptor.refusal(wait);
    }
    return callers.caller(key).orElseThrow(() -> failed(address));
  }

  private ApiException failed(String address) {
    failures.take(address, 1);
    return invalid("the API key is unknown, expired or revoked");
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
