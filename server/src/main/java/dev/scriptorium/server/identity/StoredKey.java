package dev.scriptorium.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as the database has it.
 *
 * @param id public part
 * @param owner whose rows it shows
 * @param role what it may be used for
 * @param secretHash SHA-256 of the secret part
 * @param expiresAt from when it is refused; null for never
 * @param revokedAt since when it is refused; null while it is not
 */
record StoredKey(
    String id,
    UUID owner,
    Role role,
    Sha256 secretHash,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  /** True when the secret is this key's and the key may be used. */
  boolean accepts(ApiKey key, Instant now) {
    // Constant time: how far the hashes agree must not show in the time it takes.
    return MessageDigest.isEqual(
            secretHash.hex().getBytes(US_ASCII), key.secretHash().hex().getBytes(US_ASCII))
        && revokedAt == null
        && (expiresAt == null || now.isBefore(expiresAt));
  }

  Caller caller() {
    return new Caller(owner, id, role);
  }
}
