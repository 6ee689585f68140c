package dev.scriptorium.server.identity;

import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Key;
import dev.scriptorium.v1.User;

/** Users and keys as the API shows them. */
final class IdentityMessages {
  private IdentityMessages() {}

  static User user(Account account) {
    User.Builder user =
        User.newBuilder()
            .setName(IdentityNames.user(account.id()))
            .setDisplayName(account.displayName())
            .setEmail(account.email() == null ? "" : account.email())
            .setRole(role(account.role()))
            .setDisabled(account.disabled())
            .setHasPassword(account.hasPassword())
            .setCreateTime(WireTime.of(account.createdAt()));
    if (account.maxBooks() != null) {
      user.setMaxBooks(account.maxBooks());
    }
    if (account.maxBytes() != null) {
      user.setMaxBytes(account.maxBytes());
    }
    return user.build();
  }

  static Key key(StoredKey stored) {
    Key.Builder key =
        Key.newBuilder()
            .setName(IdentityNames.key(stored.id()))
            .setUser(IdentityNames.user(stored.owner()))
            .setLabel(stored.label())
            .setRole(role(stored.role()))
            .setLogin(stored.login())
            .setCreateTime(WireTime.of(stored.createdAt()));
    if (stored.expiresAt() != null) {
      key.setExpireTime(WireTime.of(stored.expiresAt()));
    }
    if (stored.revokedAt() != null) {
      key.setRevokeTime(WireTime.of(stored.revokedAt()));
    }
    return key.build();
  }

  static dev.scriptorium.v1.Role role(Role role) {
    return switch (role) {
      case READER -> dev.scriptorium.v1.Role.ROLE_READER;
      case LIBRARIAN -> dev.scriptorium.v1.Role.ROLE_LIBRARIAN;
      case OPERATOR -> dev.scriptorium.v1.Role.ROLE_OPERATOR;
      case WORKER -> dev.scriptorium.v1.Role.ROLE_WORKER;
    };
  }

  /**
   * The role of a user.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD when users have no such role
   */
  static Role userRole(String field, dev.scriptorium.v1.Role role) {
    return switch (role) {
      case ROLE_READER, ROLE_UNSPECIFIED -> Role.READER;
      case ROLE_LIBRARIAN -> Role.LIBRARIAN;
      case ROLE_OPERATOR -> Role.OPERATOR;
      case ROLE_WORKER, UNRECOGNIZED ->
          throw InvalidField.of(field, role, "READER, LIBRARIAN or OPERATOR");
    };
  }
}
