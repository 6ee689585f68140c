package dev.scriptorium.server.identity;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource names of users and keys, and who may name whom. */
final class IdentityNames {
  private static final Pattern USER =
      Pattern.compile("users/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");
  private static final Pattern KEY = Pattern.compile("keys/([0-9A-Za-z]{8})");
  private static final String ME = "users/me";

  private IdentityNames() {}

  static String user(UUID id) {
    return "users/" + id;
  }

  static String key(String id) {
    return "keys/" + id;
  }

  /** True for something that is meant as a user's name, and not as an address. */
  static boolean isUser(String text) {
    return text.startsWith("users/");
  }

  /**
   * Reads {@code users/{user}} or {@code users/me}.
   *
   * @param field path of the field, for the error
   * @throws ApiException INVALID_FIELD when it is neither
   */
  static UUID parseUser(String field, String name, Caller caller) {
    if (name.equals(ME)) {
      return caller.owner();
    }
    Matcher matcher = USER.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(field, name, "users/{lower-case UUID} or users/me");
    }
    return UUID.fromString(matcher.group(1));
  }

  /**
   * The same for what is the user's own business: others than operators name themselves alone.
   *
   * @throws ApiException USER_NOT_FOUND for another user, whether there is one or not
   */
  static UUID parseOwnUser(String field, String name, Caller caller) {
    UUID user = parseUser(field, name, caller);
    if (caller.role() != Role.OPERATOR && !user.equals(caller.owner())) {
      throw noUser(user(user));
    }
    return user;
  }

  /**
   * Reads {@code keys/{key}}; the key's public part.
   *
   * @throws ApiException INVALID_FIELD when it is no such name
   */
  static String parseKey(String field, String name) {
    Matcher matcher = KEY.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(field, name, "keys/{8 letters and digits}");
    }
    return matcher.group(1);
  }

  /** The error for a user who is missing, or whom the caller may not see. */
  static ApiException noUser(String name) {
    return new ApiException(
        ErrorReason.ERROR_REASON_USER_NOT_FOUND, "there is no user " + name, Map.of("user", name));
  }

  /** The error for a key that is missing, or that the caller may not see. */
  static ApiException noKey(String id) {
    String name = key(id);
    return new ApiException(
        ErrorReason.ERROR_REASON_KEY_NOT_FOUND, "there is no key " + name, Map.of("key", name));
  }
}
