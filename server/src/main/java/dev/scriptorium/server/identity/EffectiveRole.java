package dev.scriptorium.server.identity;

import dev.scriptorium.server.wire.Role;
import java.util.Optional;

/** What a key may do that belongs to a user: never more than the user. */
final class EffectiveRole {
  private EffectiveRole() {}

  /**
   * The lower of both; empty when the key is worth nothing, as a worker's of somebody who runs no
   * server.
   */
  static Optional<Role> of(Role key, Role account) {
    if (key == Role.WORKER) {
      return account == Role.OPERATOR ? Optional.of(Role.WORKER) : Optional.empty();
    }
    return Optional.of(key.compareTo(account) <= 0 ? key : account);
  }

  /** True when a caller of one role may make a key of another. */
  static boolean mayGive(Role caller, Role wanted) {
    return switch (caller) {
      case OPERATOR -> true;
      case LIBRARIAN -> wanted == Role.LIBRARIAN || wanted == Role.READER;
      case READER -> wanted == Role.READER;
      case WORKER -> false;
    };
  }
}
