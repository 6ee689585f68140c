package dev.scriptorium.server.identity;

import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.UpdateUserRequest;
import dev.scriptorium.v1.User;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may stand in the fields of a user, and how a change is laid over what there is. */
final class UserFields {
  private static final int MAX_NAME = 200;
  private static final int MAX_EMAIL = 254;
  // Whether an address exists only a letter can tell; this keeps out what is none.
  private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
  private static final List<String> CHANGEABLE =
      List.of("display_name", "email", "role", "disabled", "max_books", "max_bytes");

  private UserFields() {}

  /** A user who is made now. */
  static Account created(UUID id, User user, Instant now) {
    return new Account(
        id,
        displayName(user.getDisplayName()),
        email(user.getEmail()),
        IdentityMessages.userRole("user.role", user.getRole()),
        user.getDisabled(),
        false,
        limit("user.max_books", user.hasMaxBooks(), user.getMaxBooks()),
        limit("user.max_bytes", user.hasMaxBytes(), user.getMaxBytes()),
        now);
  }

  /**
   * The fields that a change names.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD for an unknown one, or for none
   */
  static Set<String> changed(UpdateUserRequest request) {
    Set<String> paths = new TreeSet<>(request.getUpdateMask().getPathsList());
    if (paths.isEmpty() || !CHANGEABLE.containsAll(paths)) {
      throw InvalidField.of("update_mask", paths, String.join(", ", CHANGEABLE));
    }
    return paths;
  }

  /** A user as it is after a change. */
  static Account changed(Account account, User user, Set<String> paths) {
    return new Account(
        account.id(),
        paths.contains("display_name") ? displayName(user.getDisplayName()) : account.displayName(),
        paths.contains("email") ? email(user.getEmail()) : account.email(),
        paths.contains("role")
            ? IdentityMessages.userRole("user.role", user.getRole())
            : account.role(),
        paths.contains("disabled") ? user.getDisabled() : account.disabled(),
        account.hasPassword(),
        paths.contains("max_books")
            ? limit("user.max_books", user.hasMaxBooks(), user.getMaxBooks())
            : account.maxBooks(),
        paths.contains("max_bytes")
            ? limit("user.max_bytes", user.hasMaxBytes(), user.getMaxBytes())
            : account.maxBytes(),
        account.createdAt());
  }

  /** What is compared of an address: its case does not count. */
  static String folded(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  static @Nullable String foldedOrNull(@Nullable String email) {
    return email == null ? null : folded(email);
  }

  private static String displayName(String name) {
    String text = name.strip();
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > MAX_NAME || text.indexOf('\0') >= 0) {
      throw InvalidField.of("user.display_name", name, "1 to " + MAX_NAME + " code points");
    }
    return text;
  }

  private static @Nullable String email(String email) {
    String text = email.strip();
    if (text.isEmpty()) {
      return null;
    }
    if (text.length() > MAX_EMAIL || !EMAIL.matcher(text).matches()) {
      throw InvalidField.of(
          "user.email", email, "an address with one @, at most " + MAX_EMAIL + " characters");
    }
    return text;
  }

  private static @Nullable Long limit(String field, boolean present, long value) {
    if (!present) {
      return null;
    }
    if (value < 0) {
      throw InvalidField.of(field, value, "0 or more, or absent");
    }
    return value;
  }
}
