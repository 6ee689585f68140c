package dev.scriptorium.cli;

import dev.scriptorium.client.IdentityClient;
import dev.scriptorium.v1.User;
import java.util.List;
import java.util.Locale;

/** Finds the user whom somebody means: by name, address, id, or {@code me}. */
final class UserFinder {
  private final IdentityClient identity;

  UserFinder(IdentityClient identity) {
    this.identity = identity;
  }

  /** The user's resource name; others than oneself are looked up, which only operators can. */
  String nameOf(String wanted) {
    if (wanted.equals("me") || wanted.equals("users/me")) {
      return "users/me";
    }
    return wanted.startsWith("users/") ? wanted : find(wanted).getName();
  }

  /** The user, looked up. */
  User find(String wanted) {
    String folded = wanted.toLowerCase(Locale.ROOT);
    List<User> found =
        identity
            .users()
            .filter(
                user ->
                    user.getDisplayName().equals(wanted)
                        || user.getName().equals(wanted)
                        || user.getEmail().toLowerCase(Locale.ROOT).equals(folded))
            .toList();
    if (found.size() != 1) {
      throw new CliException(
          5,
          found.isEmpty()
              ? "no user '" + wanted + "'; see 'scriptorium users'"
              : "'" + wanted + "' means several users; give an e-mail address or users/ID");
    }
    return found.getFirst();
  }
}
