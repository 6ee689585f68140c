package dev.scriptorium.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as the database has it.
 *
 * @param id public part
 * @param owner whose rows it shows
 * @param role what it may be used for
 * @param secretHash SHA-256 of the secret part
 * @param label what it is for, in its maker's words
 * @param login true for a token that a login gave
 * @param createdAt when it was made
 * @param expiresAt from when it is refused; null for never
 * @param revokedAt since when it is refused; null while it is not
 */
record StoredKey(
    String id,
    UUID owner,
    Role role,
    Sha256 secretHash,
    String label,
    boolean login,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  /**
   * A key and the user it belongs to.
   *
   * @param accountRole the most that the user may do
   * @param disabled true when the user may do nothing
   */
  record OfAccount(StoredKey key, Role accountRole, boolean disabled) {
    /** Who calls with it; empty when it may not be used. */
    Optional<Caller> caller(ApiKey sent, Instant now) {
      if (disabled || !key.accepts(sent, now)) {
        return Optional.empty();
      }
      return EffectiveRole.of(key.role, accountRole)
          .map(role -> new Caller(key.owner, key.id, role));
    }
  }

  /** True when the secret is this key's and the key may be used. */
  private boolean accepts(ApiKey key, Instant now) {
    // Constant time: how far the hashes agree must not show in the time it takes.
    return MessageDigest.isEqual(
            secretHash.hex().getBytes(US_ASCII), key.secretHash().hex().getBytes(US_ASCII))
        && revokedAt == null
        && (expiresAt == null || now.isBefore(expiresAt));
  }
}
