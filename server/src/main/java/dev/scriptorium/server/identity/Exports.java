package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Caller;
import java.util.UUID;
import java.util.function.Consumer;

/** All that is kept of a user and was not made from book files. Thread-safe. */
final class Exports {
  private final Database system;
  private final Database api;
  private final AuditLog audit;
  private final AccountStore accounts = new AccountStore();
  private final ExportStore exports = new ExportStore();

  /**
   * @param system of a role that sees every account
   * @param api of the role that sees one user's rows
   */
  Exports(Database system, Database api, AuditLog audit) {
    this.system = system;
    this.api = api;
    this.audit = audit;
  }

  /** The user that a request names, whom the caller may export. */
  UUID require(Caller caller, String name) {
    UUID user = IdentityNames.parseOwnUser("name", name, caller);
    return system.inTransaction(
        handle -> {
          accounts.require(handle, user);
          audit.done(handle, caller, "ExportUser", IdentityNames.user(user), "");
          return user;
        });
  }

  /** Hands over every line, in one transaction. */
  void write(UUID user, Consumer<String> line) {
    api.inTransaction(
        user,
        handle -> {
          exports.allowTime(handle);
          exports.account(handle, user, line);
          for (String table : exports.tables(handle)) {
            exports.rows(handle, table, user, line);
          }
          return true;
        });
  }
}
