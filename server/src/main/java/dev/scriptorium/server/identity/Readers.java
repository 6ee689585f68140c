package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds the users with whom something is shared, and writes down that it is. Thread-safe. */
public final class Readers {
  private final AccountStore accounts = new AccountStore();
  private final AuditLog audit;

  /**
   * @param system of a role that sees every account
   */
  public Readers(Database system, InstantSource clock) {
    this(new AuditLog(system, clock));
  }

  Readers(AuditLog audit) {
    this.audit = audit;
  }

  /**
   * The user of a name or an e-mail address.
   *
   * @param handle a transaction of a role that sees every account
   * @param reader {@code users/{user}}, {@code users/me} or an address
   * @throws dev.scriptorium.server.wire.ApiException USER_NOT_FOUND
   */
  public UUID find(Handle handle, Caller caller, String reader) {
    Optional<Account> found =
        IdentityNames.isUser(reader)
            ? accounts.find(handle, IdentityNames.parseUser("reader", reader, caller))
            : accounts
                .findByEmail(handle, UserFields.folded(reader))
                .map(AccountStore.Secret::account);
    return found.map(Account::id).orElseThrow(() -> IdentityNames.noUser(reader));
  }

  /**
   * The same for somebody who is not the caller.
   *
   * @throws dev.scriptorium.server.wire.ApiException USER_NOT_FOUND, INVALID_FIELD
   */
  public UUID findOther(Handle handle, Caller caller, String reader) {
    UUID found = find(handle, caller, reader);
    if (found.equals(caller.owner())) {
      throw InvalidField.of("reader", reader, "another user");
    }
    return found;
  }

  /** True when a name is the caller's own. */
  public static boolean isSelf(Caller caller, String reader) {
    return IdentityNames.isUser(reader)
        && IdentityNames.parseUser("reader", reader, caller).equals(caller.owner());
  }

  /** Writes down what the caller does for a reader, in the transaction that does it. */
  public void record(Handle handle, Caller caller, String action, String target, UUID reader) {
    audit.done(handle, caller, action, target, IdentityNames.user(reader));
  }

  /** {@code users/{user}}. */
  public static String name(UUID user) {
    return IdentityNames.user(user);
  }
}
