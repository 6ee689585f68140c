package dev.scriptorium.server.wire;

import io.grpc.Context;
import java.util.UUID;

/**
 * Who makes a call.
 *
 * @param owner whose rows the caller sees
 * @param keyId public part of the API key
 * @param role what the key may be used for
 */
public record Caller(UUID owner, String keyId, Role role) {
  /** Where the interceptor leaves the caller of a call. */
  public static final Context.Key<Caller> KEY = Context.key("caller");

  /**
   * The caller of the current call.
   *
   * @throws IllegalStateException outside a call, or when the interceptor was left out
   */
  public static Caller current() {
    Caller caller = KEY.get();
    if (caller == null) {
      throw new IllegalStateException("no caller in this context");
    }
    return caller;
  }
}
