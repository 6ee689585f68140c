package dev.scriptorium.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Callers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the caller of a key, or of an identity provider's token. A good one is remembered for a
 * minute, so that calls go on while the database restarts; a revoked one works at most that long,
 * and not at all on the server that revoked it. For a day it stays familiar: worth a look-up when
 * others at its address are refused one. Thread-safe.
 */
public final class Credentials implements Callers {
  private static final Duration BELIEVED = Duration.ofMinutes(1);
  private static final Duration FAMILIAR = Duration.ofDays(1);
  private static final int MAX_FAMILIAR = 50_000;
  private static final int MAX_LENGTH = 8192;

  /**
   * A credential that was good.
   *
   * @param believedUntil after that it has to be looked up anew
   */
  private record Known(Caller caller, Instant believedUntil) {}

  /**
   * A look-up under way.
   *
   * @param forgotten how often credentials were forgotten before it began: whoever comes after a
   *     revocation does not join one that has perhaps read what was before it
   */
  private record LookUp(Sha256 fingerprint, int forgotten) {}

  private final ApiKeyStore keys;
  private final Function<String, Optional<Caller>> tokens;
  private final InstantSource clock;
  // By the hash of the whole key: the secret itself stays nowhere.
  private final Cache<Sha256, Known> known =
      Caffeine.newBuilder().maximumSize(MAX_FAMILIAR).expireAfterWrite(FAMILIAR).build();
  private final ConcurrentMap<LookUp, FutureTask<Optional<Known>>> lookUps =
      new ConcurrentHashMap<>();
  private final AtomicInteger forgotten = new AtomicInteger();

  /**
   * @param system of a role that sees every account
   * @param tokens finds the caller of a credential that is no key of ours
   */
  public Credentials(
      Database system, Function<String, Optional<Caller>> tokens, InstantSource clock) {
    this.keys = new ApiKeyStore(system);
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> remembered(String credential) {
    if (credential.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Known found = known.getIfPresent(fingerprint(credential));
    return found == null || !clock.instant().isBefore(found.believedUntil())
        ? Optional.empty()
        : Optional.of(found.caller());
  }

  @Override
  public boolean familiar(String credential) {
    return credential.length() <= MAX_LENGTH && known.getIfPresent(fingerprint(credential)) != null;
  }

  @Override
  public Optional<Caller> caller(String credential) {
    if (credential.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Optional<Caller> remembered = remembered(credential);
    return remembered.isPresent() ? remembered : lookUp(credential).map(Known::caller);
  }

  // However many calls come with a credential at once, it is looked up once: the connections to the
  // database are for those who wait for answers.
  private Optional<Known> lookUp(String credential) {
    LookUp lookUp = new LookUp(fingerprint(credential), forgotten.get());
    FutureTask<Optional<Known>> mine = new FutureTask<>(() -> find(lookUp, credential));
    FutureTask<Optional<Known>> first = lookUps.putIfAbsent(lookUp, mine);
    if (first != null) {
      return result(first);
    }
    try {
      mine.run();
      return result(mine);
    } finally {
      lookUps.remove(lookUp, mine);
    }
  }

  private static Optional<Known> result(FutureTask<Optional<Known>> lookUp) {
    try {
      return lookUp.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a credential was looked up");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private Optional<Known> find(LookUp lookUp, String credential) {
    Optional<Known> found = credential.startsWith("scr_") ? key(credential) : token(credential);
    found.ifPresent(caller -> known.put(lookUp.fingerprint(), caller));
    // What was read before it was revoked is not kept after that.
    if (found.isEmpty() || forgotten.get() != lookUp.forgotten()) {
      known.invalidate(lookUp.fingerprint());
    }
    return found;
  }

  /** Looks a key up anew when it is used next. */
  void forgetKey(String id) {
    forgotten.incrementAndGet();
    known.asMap().values().removeIf(each -> each.caller().keyId().equals(id));
  }

  /** Looks all keys of a user up anew. */
  void forgetUser(UUID user) {
    forgotten.incrementAndGet();
    known.asMap().values().removeIf(each -> each.caller().owner().equals(user));
  }

  private Optional<Known> key(String text) {
    Instant now = clock.instant();
    return ApiKey.parse(text)
        .flatMap(
            key ->
                keys.find(key.id())
                    .flatMap(
                        stored ->
                            stored
                                .caller(key, now)
                                .map(caller -> known(caller, now, stored.key().expiresAt()))));
  }

  private Optional<Known> token(String text) {
    return tokens.apply(text).map(caller -> known(caller, clock.instant(), null));
  }

  private static Known known(Caller caller, Instant now, @Nullable Instant expiresAt) {
    Instant until = now.plus(BELIEVED);
    return new Known(caller, expiresAt != null && expiresAt.isBefore(until) ? expiresAt : until);
  }

  private static Sha256 fingerprint(String text) {
    return Sha256.of(text.getBytes(UTF_8));
  }
}
