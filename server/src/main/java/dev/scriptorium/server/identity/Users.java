package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListUsersRequest;
import dev.scriptorium.v1.ListUsersResponse;
import dev.scriptorium.v1.SetPasswordRequest;
import dev.scriptorium.v1.UpdateUserRequest;
import dev.scriptorium.v1.User;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The rules of users: making, changing, deleting. Thread-safe. */
final class Users {
  private static final String LIST = "ListUsers";
  // A book may have thousands of rows: so many fit a transaction that others need not wait for.
  private static final int BOOKS_AT_ONCE = 100;

  private final Database system;
  private final Passwords passwords;
  private final AuditLog audit;
  private final Consumer<UUID> forget;
  private final Consumer<UUID> bookDeleted;
  private final InstantSource clock;
  private final AccountStore accounts = new AccountStore();

  /**
   * @param system of a role that sees every account
   * @param forget told of users whose keys have to be looked up anew
   * @param bookDeleted told of the books of deleted users
   */
  Users(
      Database system,
      Passwords passwords,
      AuditLog audit,
      Consumer<UUID> forget,
      Consumer<UUID> bookDeleted,
      InstantSource clock) {
    this.system = system;
    this.passwords = passwords;
    this.audit = audit;
    this.forget = forget;
    this.bookDeleted = bookDeleted;
    this.clock = clock;
  }

  /** One user. */
  User get(Caller caller, String name) {
    UUID id = IdentityNames.parseOwnUser("name", name, caller);
    return IdentityMessages.user(system.inTransaction(handle -> accounts.require(handle, id)));
  }

  /** A page of all users, by display name. */
  ListUsersResponse list(ListUsersRequest request) {
    int size = PageSize.of(request.getPageSize());
    String token = request.getPageToken();
    String after = token.isEmpty() ? "" : PageToken.decode(token, LIST).text(0);
    List<Account> found = system.inTransaction(handle -> accounts.list(handle, after, size + 1));
    Page<User> page = Page.of(found.stream().map(IdentityMessages::user).toList(), size);
    ListUsersResponse.Builder response = ListUsersResponse.newBuilder().addAllUsers(page.items());
    if (page.more()) {
      String last = page.items().getLast().getDisplayName();
      response.setNextPageToken(PageToken.of(last).encode(LIST));
    }
    return response.build();
  }

  /** Makes a user. */
  User create(Caller caller, CreateUserRequest request) {
    Account account = UserFields.created(UUID.randomUUID(), request.getUser(), now());
    String password = request.getPassword();
    if (!password.isEmpty() && account.email() == null) {
      throw InvalidField.of("user.email", "", "an address, when there is a password");
    }
    String hash = password.isEmpty() ? null : passwords.hash("password", password);
    String folded = UserFields.foldedOrNull(account.email());
    return IdentityMessages.user(
        system.inTransaction(
            handle -> {
              requireFree(handle, account);
              accounts.insert(handle, account, folded, hash);
              String target = IdentityNames.user(account.id());
              audit.done(handle, caller, "CreateUser", target, "role " + account.role());
              return accounts.require(handle, account.id());
            }));
  }

  /** Changes a user. */
  User update(Caller caller, UpdateUserRequest request) {
    UUID id = IdentityNames.parseUser("user.name", request.getUser().getName(), caller);
    Set<String> paths = UserFields.changed(request);
    Account updated =
        system.inTransaction(
            handle -> {
              accounts.lockOperators(handle);
              Account before = lock(handle, id).account();
              Account after = UserFields.changed(before, request.getUser(), paths);
              if (after.disabled() || after.role() != Role.OPERATOR) {
                requireOtherOperator(handle, before);
              }
              requireFree(handle, after);
              accounts.update(handle, after, UserFields.foldedOrNull(after.email()), now());
              audit.done(
                  handle, caller, "UpdateUser", IdentityNames.user(id), String.join(", ", paths));
              return accounts.require(handle, id);
            });
    forget.accept(id);
    return IdentityMessages.user(updated);
  }

  /** Sets a password, or takes it away. */
  void setPassword(Caller caller, SetPasswordRequest request) {
    UUID id = IdentityNames.parseOwnUser("name", request.getName(), caller);
    String password = request.getPassword();
    // Hashed outside the transaction, which it would hold up.
    String hash = password.isEmpty() ? null : passwords.hash("password", password);
    if (caller.role() != Role.OPERATOR) {
      requireOldPassword(id, request.getOldPassword());
    }
    system.inTransaction(
        handle -> {
          accounts.require(handle, id);
          accounts.setPassword(handle, id, hash);
          String detail = hash == null ? "taken away" : "set";
          audit.done(handle, caller, "SetPassword", IdentityNames.user(id), detail);
          return true;
        });
  }

  /**
   * Deletes a user with all data.
   *
   * @return books that were deleted
   */
  long delete(Caller caller, String name) {
    UUID id = IdentityNames.parseUser("name", name, caller);
    disable(id);
    forget.accept(id);
    long books = deleteBooks(id);
    system.inTransaction(
        handle -> {
          accounts.delete(handle, id);
          audit.done(handle, caller, "DeleteUser", IdentityNames.user(id), books + " books");
          return true;
        });
    return books;
  }

  // First, so that nothing is added while the rest is deleted.
  private void disable(UUID id) {
    system.inTransaction(
        handle -> {
          accounts.lockOperators(handle);
          Account account = lock(handle, id).account();
          requireOtherOperator(handle, account);
          Account disabled = UserFields.changed(account, disabled(), Set.of("disabled"));
          accounts.update(handle, disabled, UserFields.foldedOrNull(account.email()), now());
          return true;
        });
  }

  private static User disabled() {
    return User.newBuilder().setDisabled(true).build();
  }

  private long deleteBooks(UUID owner) {
    long deleted = 0;
    Set<UUID> some;
    do {
      some = system.inTransaction(handle -> accounts.deleteBooks(handle, owner, BOOKS_AT_ONCE));
      some.forEach(bookDeleted);
      deleted += some.size();
    } while (!some.isEmpty());
    return deleted;
  }

  private void requireOldPassword(UUID id, String password) {
    String kept = system.inTransaction(handle -> lock(handle, id)).passwordHash();
    if (kept != null && !passwords.matches(password, kept)) {
      throw Logins.failed();
    }
  }

  private void requireFree(Handle handle, Account account) {
    String folded = UserFields.foldedOrNull(account.email());
    if (accounts.taken(handle, account.id(), account.displayName(), folded)) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_USER_EXISTS,
          "another user has that display name or e-mail address",
          Map.of("field", "display_name, email"));
    }
  }

  private void requireOtherOperator(Handle handle, Account account) {
    boolean counts = account.role() == Role.OPERATOR && !account.disabled();
    if (counts && !accounts.otherOperator(handle, account.id())) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_LAST_OPERATOR,
          "nobody would be left to run the server: make another operator first",
          Map.of());
    }
  }

  private AccountStore.Secret lock(Handle handle, UUID id) {
    return accounts
        .lock(handle, id)
        .orElseThrow(() -> IdentityNames.noUser(IdentityNames.user(id)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
