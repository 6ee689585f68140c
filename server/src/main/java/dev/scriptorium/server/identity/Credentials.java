package dev.scriptorium.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds the caller of a key. A good key is remembered for a minute, so that calls go on while the
 * database restarts; a revoked one works at most that long. Thread-safe.
 */
public final class Credentials {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 10_000;

  private final ApiKeyStore keys;
  private final InstantSource clock;
  // By the hash of the whole key: the secret itself stays nowhere.
  private final Cache<Sha256, Caller> known =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /**
   * @param system of a role that sees every account
   */
  public Credentials(Database system, InstantSource clock) {
    this.keys = new ApiKeyStore(system);
    this.clock = clock;
  }

  /**
   * Who has this key; empty when it is malformed, unknown, expired or revoked.
   *
   * @param text the key as sent
   */
  public Optional<Caller> caller(String text) {
    Optional<ApiKey> key = ApiKey.parse(text);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Sha256 fingerprint = Sha256.of(text.getBytes(UTF_8));
    Caller remembered = known.getIfPresent(fingerprint);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    Optional<Caller> found = key.flatMap(this::check);
    found.ifPresent(caller -> known.put(fingerprint, caller));
    return found;
  }

  private Optional<Caller> check(ApiKey key) {
    return keys.find(key.id())
        .filter(stored -> stored.accepts(key, clock.instant()))
        .map(StoredKey::caller);
  }
}
