package dev.scriptorium.server.identity;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Accounts and keys in the database. Works as the system: who calls is what it finds out. */
final class ApiKeyStore {
  private final Database database;

  /**
   * @param database of a role that sees every account
   */
  ApiKeyStore(Database database) {
    this.database = database;
  }

  Optional<StoredKey> find(String id) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select id, owner_id, role, secret_sha256, expires_at, revoked_at
                      from api_key
                     where id = :id
                    """)
                .bind("id", id)
                .map(ApiKeyStore::read)
                .findOne());
  }

  void insert(ApiKey key, UUID owner, String label, Instant createdAt) {
    database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into api_key (id, owner_id, role, secret_sha256, label, created_at)
                    values (:id, :owner, :role, :hash, :label, :createdAt)
                    """)
                .bind("id", key.id())
                .bind("owner", owner)
                .bind("role", key.role().name())
                .bind("hash", HexFormat.of().parseHex(key.secretHash().hex()))
                .bind("label", label)
                .bind("createdAt", createdAt)
                .execute());
  }

  /** The account of that name, which is created when there is none; its id. */
  UUID ensureAccount(String name, UUID idWhenNew, Instant createdAt) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    with created as (
                        insert into account (id, name, created_at)
                        values (:id, :name, :createdAt)
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
        instant(row.getTimestamp("expires_at")),
        instant(row.getTimestamp("revoked_at")));
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
