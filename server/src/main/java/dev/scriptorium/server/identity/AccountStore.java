package dev.scriptorium.server.identity;

import dev.scriptorium.server.wire.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Statements on users, for a role that sees all of them. Thread-safe. */
final class AccountStore {
  /** Serialises what must leave an operator behind. */
  private static final long OPERATORS_LOCK = 0x4f50_4552_4154L;

  /** What a login has to look at. */
  record Secret(Account account, @Nullable String passwordHash) {}

  /**
   * Adds a user.
   *
   * @param emailFolded what is compared; null for none
   */
  void insert(
      Handle handle, Account account, @Nullable String emailFolded, @Nullable String passwordHash) {
    handle
        .createUpdate(
            """
            insert into account (id, name, email, email_folded, role, password_hash, disabled_at,
              max_books, max_bytes, created_at)
            values (:id, :name, :email::text, :folded::text, :role, :hash::text,
              case when :disabled then :now::timestamptz end, :maxBooks::bigint, :maxBytes::bigint, :now)
            """)
        .bind("id", account.id())
        .bind("name", account.displayName())
        .bind("email", account.email())
        .bind("folded", emailFolded)
        .bind("role", account.role().name())
        .bind("hash", passwordHash)
        .bind("disabled", account.disabled())
        .bind("maxBooks", account.maxBooks())
        .bind("maxBytes", account.maxBytes())
        .bind("now", account.createdAt())
        .execute();
  }

  /** True when another user has the display name or the address. */
  boolean taken(Handle handle, UUID id, String displayName, @Nullable String emailFolded) {
    return handle
        .createQuery(
            """
            select exists (select from account where name = :name and id <> :id)
              or exists (select from account where email_folded = :folded::text and id <> :id)
            """)
        .bind("id", id)
        .bind("name", displayName)
        .bind("folded", emailFolded)
        .mapTo(Boolean.class)
        .one();
  }

  /** One user. */
  Optional<Account> find(Handle handle, UUID id) {
    return handle
        .createQuery(
            """
            select id, name, email, role, disabled_at, password_hash is not null as has_password,
              max_books, max_bytes, created_at
              from account where id = :id
            """)
        .bind("id", id)
        .map(AccountStore::read)
        .findOne();
  }

  /**
   * One user.
   *
   * @throws dev.scriptorium.server.wire.ApiException USER_NOT_FOUND
   */
  Account require(Handle handle, UUID id) {
    return find(handle, id).orElseThrow(() -> IdentityNames.noUser(IdentityNames.user(id)));
  }

  /** The user with an address, with the password's hash. */
  Optional<Secret> findByEmail(Handle handle, String emailFolded) {
    return handle
        .createQuery(
            """
            select id, name, email, role, disabled_at, password_hash is not null as has_password,
              max_books, max_bytes, created_at, password_hash
              from account where email_folded = :folded
            """)
        .bind("folded", emailFolded)
        .map(AccountStore::readSecret)
        .findOne();
  }

  /** A user with the password's hash, locked until the transaction ends. */
  Optional<Secret> lock(Handle handle, UUID id) {
    return handle
        .createQuery(
            """
            select id, name, email, role, disabled_at, password_hash is not null as has_password,
              max_books, max_bytes, created_at, password_hash
              from account where id = :id for update
            """)
        .bind("id", id)
        .map(AccountStore::readSecret)
        .findOne();
  }

  /** Users by display name, behind one. */
  List<Account> list(Handle handle, String afterName, int limit) {
    return handle
        .createQuery(
            """
            select id, name, email, role, disabled_at, password_hash is not null as has_password,
              max_books, max_bytes, created_at
              from account where name > :after order by name limit :limit
            """)
        .bind("after", afterName)
        .bind("limit", limit)
        .map(AccountStore::read)
        .list();
  }

  /** Writes what can be changed of a user. */
  void update(Handle handle, Account account, @Nullable String emailFolded, Instant now) {
    handle
        .createUpdate(
            """
            update account set name = :name, email = :email::text, email_folded = :folded::text,
              role = :role, max_books = :maxBooks::bigint, max_bytes = :maxBytes::bigint,
              disabled_at = case when :disabled then coalesce(disabled_at, :now::timestamptz) end
            where id = :id
            """)
        .bind("id", account.id())
        .bind("name", account.displayName())
        .bind("email", account.email())
        .bind("folded", emailFolded)
        .bind("role", account.role().name())
        .bind("maxBooks", account.maxBooks())
        .bind("maxBytes", account.maxBytes())
        .bind("disabled", account.disabled())
        .bind("now", now)
        .execute();
  }

  void setPassword(Handle handle, UUID id, @Nullable String hash) {
    handle
        .createUpdate("update account set password_hash = :hash::text where id = :id")
        .bind("id", id)
        .bind("hash", hash)
        .execute();
  }

  /** Makes those wait who also want to know whether an operator is left. */
  void lockOperators(Handle handle) {
    handle
        .createQuery("select 1 from pg_advisory_xact_lock(:lock)")
        .bind("lock", OPERATORS_LOCK)
        .mapTo(Integer.class)
        .one();
  }

  /** True when somebody else than this user is an operator who is not disabled. */
  boolean otherOperator(Handle handle, UUID id) {
    return handle
        .createQuery(
            """
            select exists (select from account
              where role = 'OPERATOR' and disabled_at is null and id <> :id)
            """)
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  /** Deletes some of a user's books with all that hangs on them; their ids. */
  Set<UUID> deleteBooks(Handle handle, UUID owner, int most) {
    return handle
        .createQuery(
            """
            delete from book where book_id in (
              select book_id from book where owner_id = :owner order by book_id limit :most)
            returning book_id
            """)
        .bind("owner", owner)
        .bind("most", most)
        .mapTo(UUID.class)
        .set();
  }

  /** Deletes a user without books and what is left. */
  void delete(Handle handle, UUID id) {
    handle
        .createQuery("select 1 from delete_account(:id)")
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * The account of somebody whom an identity provider knows, made or given the role that it says.
   *
   * @param subject issuer and subject
   * @param name display name when it is new
   */
  Account ensureSubject(
      Handle handle, String subject, String name, Role role, UUID idWhenNew, Instant now) {
    return handle
        .createQuery(
            """
            insert into account (id, name, role, subject, created_at)
            values (:id, :name, :role, :subject, :now)
            on conflict (subject) do update set role = excluded.role
            returning id, name, email, role, disabled_at, password_hash is not null as has_password,
              max_books, max_bytes, created_at
            """)
        .bind("id", idWhenNew)
        .bind("name", name)
        .bind("role", role.name())
        .bind("subject", subject)
        .bind("now", now)
        .map(AccountStore::read)
        .one();
  }

  private static Secret readSecret(ResultSet row, StatementContext context) throws SQLException {
    return new Secret(read(row, context), row.getString("password_hash"));
  }

  private static Account read(ResultSet row, StatementContext context) throws SQLException {
    return new Account(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("email"),
        Role.valueOf(row.getString("role")),
        row.getObject("disabled_at", OffsetDateTime.class) != null,
        row.getBoolean("has_password"),
        row.getObject("max_books", Long.class),
        row.getObject("max_bytes", Long.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
