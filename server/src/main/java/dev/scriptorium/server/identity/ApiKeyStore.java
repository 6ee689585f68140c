package dev.scriptorium.server.identity;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Keys in the database. Works as the system: who calls is what it finds out. */
final class ApiKeyStore {
  private final Database database;

  /**
   * @param database of a role that sees every account
   */
  ApiKeyStore(Database database) {
    this.database = database;
  }

  /** A key and its user, by the key's public part. */
  Optional<StoredKey.OfAccount> find(String id) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select k.id, k.owner_id, k.role, k.secret_sha256, k.label, k.login,
                      k.created_at, k.expires_at, k.revoked_at,
                      a.role as account_role, a.disabled_at is not null as disabled
                      from api_key k
                      join account a on a.id = k.owner_id
                     where k.id = :id
                    """)
                .bind("id", id)
                .map(
                    (row, context) ->
                        new StoredKey.OfAccount(
                            read(row, context),
                            Role.valueOf(row.getString("account_role")),
                            row.getBoolean("disabled")))
                .findOne());
  }

  /** A key without an end, as servers make for their operator and workers. */
  void insert(ApiKey key, UUID owner, String label, Instant createdAt) {
    database.inTransaction(
        handle -> {
          insert(handle, key, owner, label, false, createdAt, null);
          return true;
        });
  }

  void insert(
      Handle handle,
      ApiKey key,
      UUID owner,
      String label,
      boolean login,
      Instant createdAt,
      @Nullable Instant expiresAt) {
    handle
        .createUpdate(
            """
            insert into api_key (id, owner_id, role, secret_sha256, label, login, created_at,
              expires_at)
            values (:id, :owner, :role, :hash, :label, :login, :createdAt,
              :expiresAt::timestamptz)
            """)
        .bind("id", key.id())
        .bind("owner", owner)
        .bind("role", key.role().name())
        .bind("hash", HexFormat.of().parseHex(key.secretHash().hex()))
        .bind("label", label)
        .bind("login", login)
        .bind("createdAt", createdAt)
        .bind("expiresAt", expiresAt)
        .execute();
  }

  /**
   * A user's keys, newest first.
   *
   * @param before only older ones than this key; null for all
   */
  List<StoredKey> list(Handle handle, UUID owner, @Nullable KeyPlace before, int limit) {
    return handle
        .createQuery(
            """
            select id, owner_id, role, secret_sha256, label, login, created_at, expires_at,
              revoked_at
              from api_key
             where owner_id = :owner
               and (created_at, id) < (
                 coalesce(:at::timestamptz, 'infinity'), coalesce(:id::text, ''))
             order by created_at desc, id desc
             limit :limit
            """)
        .bind("owner", owner)
        .bind("at", before == null ? null : before.createdAt())
        .bind("id", before == null ? null : before.id())
        .bind("limit", limit)
        .map(ApiKeyStore::read)
        .list();
  }

  /** Where a page of keys begins: behind this one. */
  record KeyPlace(Instant createdAt, String id) {}

  /**
   * Ends a key; one that has ended keeps its time.
   *
   * @param owner whose it has to be; null for anybody's
   */
  Optional<StoredKey> revoke(Handle handle, String id, @Nullable UUID owner, Instant now) {
    return handle
        .createQuery(
            """
            update api_key set revoked_at = coalesce(revoked_at, :now)
             where id = :id and owner_id = coalesce(:owner::uuid, owner_id)
            returning id, owner_id, role, secret_sha256, label, login, created_at, expires_at,
              revoked_at
            """)
        .bind("id", id)
        .bind("owner", owner)
        .bind("now", now)
        .map(ApiKeyStore::read)
        .findOne();
  }

  /** Forgets tokens of logins that ended before an instant; at most 10,000 at a time. */
  int deleteEndedLogins(Instant before) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from api_key where id in (
                      select id from api_key where login and expires_at < :before limit 10000)
                    """)
                .bind("before", before)
                .execute());
  }

  /** The operator's account of that name, which is created when there is none; its id. */
  UUID ensureAccount(String name, UUID idWhenNew, Instant createdAt) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    with created as (
                        insert into account (id, name, role, created_at)
                        values (:id, :name, 'OPERATOR', :createdAt)
                        on conflict (name) do nothing
                        returning id)
                    select id from created
                    union all
                    select id from account where name = :name
                    limit 1
                    """)
                .bind("id", idWhenNew)
                .bind("name", name)
                .bind("createdAt", createdAt)
                .mapTo(UUID.class)
                .findOne()
                // Another server created it after this statement's snapshot.
                .orElseGet(
                    () ->
                        handle
                            .createQuery("select id from account where name = :name")
                            .bind("name", name)
                            .mapTo(UUID.class)
                            .one()));
  }

  private static StoredKey read(ResultSet row, StatementContext context) throws SQLException {
    return new StoredKey(
        row.getString("id"),
        row.getObject("owner_id", UUID.class),
        Role.valueOf(row.getString("role")),
        new Sha256(HexFormat.of().formatHex(row.getBytes("secret_sha256"))),
        row.getString("label"),
        row.getBoolean("login"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "revoked_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
