package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.identity.ApiKeyStore.KeyPlace;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateKeyResponse;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Key;
import dev.scriptorium.v1.ListKeysRequest;
import dev.scriptorium.v1.ListKeysResponse;
import dev.scriptorium.v1.Preset;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules of API keys: making, listing, ending. Thread-safe. */
final class Keys {
  private static final int MAX_LABEL = 200;

  /**
   * What a preset stands for.
   *
   * @param lasts null for without an end
   */
  private record Terms(Role role, @Nullable Duration lasts) {}

  private final Database system;
  private final AuditLog audit;
  private final Consumer<String> forget;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final AccountStore accounts = new AccountStore();
  private final ApiKeyStore keys;

  /**
   * @param system of a role that sees every account
   * @param forget told of keys that have to be looked up anew
   */
  Keys(Database system, AuditLog audit, Consumer<String> forget, InstantSource clock) {
    this.system = system;
    this.audit = audit;
    this.forget = forget;
    this.clock = clock;
    this.keys = new ApiKeyStore(system);
  }

  /** Makes a key; the answer is the only one that shows it. */
  CreateKeyResponse create(Caller caller, CreateKeyRequest request) {
    UUID user = IdentityNames.parseOwnUser("parent", request.getParent(), caller);
    Terms terms = terms(request.getPreset());
    String label = label(request.getLabel());
    Instant now = now();
    Instant end = end(request, terms, now);
    requireMayGive(caller, caller.role(), terms.role());
    ApiKey key = ApiKey.generate(terms.role(), random);
    StoredKey stored =
        new StoredKey(key.id(), user, terms.role(), key.secretHash(), label, false, now, end, null);
    system.inTransaction(
        handle -> {
          Account account = accounts.require(handle, user);
          requireMayGive(caller, account.role(), terms.role());
          keys.insert(handle, key, user, label, false, now, end);
          audit.done(
              handle, caller, "CreateKey", IdentityNames.key(key.id()), "role " + terms.role());
          return true;
        });
    return CreateKeyResponse.newBuilder()
        .setKey(IdentityMessages.key(stored))
        .setSecret(key.text())
        .build();
  }

  /** A page of a user's keys, newest first. */
  ListKeysResponse list(Caller caller, ListKeysRequest request) {
    UUID user = IdentityNames.parseOwnUser("parent", request.getParent(), caller);
    int size = PageSize.of(request.getPageSize());
    String list = "ListKeys " + user;
    KeyPlace before = before(request.getPageToken(), list);
    List<StoredKey> found =
        system.inTransaction(
            handle -> {
              accounts.require(handle, user);
              return keys.list(handle, user, before, size + 1);
            });
    Page<Key> page = Page.of(found.stream().map(IdentityMessages::key).toList(), size);
    ListKeysResponse.Builder response = ListKeysResponse.newBuilder().addAllKeys(page.items());
    if (page.more()) {
      StoredKey last = found.get(page.items().size() - 1);
      response.setNextPageToken(PageToken.of(last.createdAt().toString(), last.id()).encode(list));
    }
    return response.build();
  }

  /** Ends a key. */
  Key revoke(Caller caller, String name) {
    String id = IdentityNames.parseKey("name", name);
    UUID owner = caller.role() == Role.OPERATOR ? null : caller.owner();
    StoredKey revoked =
        system.inTransaction(
            handle -> {
              Optional<StoredKey> key = keys.revoke(handle, id, owner, now());
              StoredKey ended = key.orElseThrow(() -> IdentityNames.noKey(id));
              audit.done(handle, caller, "RevokeKey", IdentityNames.key(id), "");
              return ended;
            });
    forget.accept(id);
    return IdentityMessages.key(revoked);
  }

  private static Terms terms(Preset preset) {
    return switch (preset) {
      case PRESET_READING, PRESET_UNSPECIFIED -> new Terms(Role.READER, Duration.ofDays(365));
      case PRESET_LIBRARY -> new Terms(Role.LIBRARIAN, Duration.ofDays(365));
      case PRESET_OPERATION -> new Terms(Role.OPERATOR, Duration.ofDays(90));
      case PRESET_WORK -> new Terms(Role.WORKER, null);
      case UNRECOGNIZED ->
          throw InvalidField.of("preset", preset, "READING, LIBRARY, OPERATION or WORK");
    };
  }

  private static String label(String label) {
    String text = label.strip();
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > MAX_LABEL || text.indexOf('\0') >= 0) {
      throw InvalidField.of("label", label, "1 to " + MAX_LABEL + " code points");
    }
    return text;
  }

  private static @Nullable Instant end(CreateKeyRequest request, Terms terms, Instant now) {
    if (!request.hasExpireTime()) {
      return terms.lasts() == null ? null : now.plus(terms.lasts());
    }
    Instant end = WireTime.parse("expire_time", request.getExpireTime());
    if (!end.isAfter(now)) {
      throw InvalidField.of("expire_time", end, "an instant in the future");
    }
    return end;
  }

  private static void requireMayGive(Caller caller, Role most, Role wanted) {
    if (!EffectiveRole.mayGive(most, wanted)) {
      String role = caller.role().name().toLowerCase(java.util.Locale.ROOT);
      throw new ApiException(
          ErrorReason.ERROR_REASON_ROLE_NOT_ALLOWED,
          "a key of the role " + wanted + " is more than the caller or the user may do",
          Map.of("role", role, "method", "scriptorium.v1.Identity/CreateKey"));
    }
  }

  private static @Nullable KeyPlace before(String token, String list) {
    if (token.isEmpty()) {
      return null;
    }
    PageToken place = PageToken.decode(token, list);
    try {
      return new KeyPlace(Instant.parse(place.text(0)), place.text(1));
    } catch (DateTimeException e) {
      throw InvalidField.of("page_token", "damaged", "a token of this list");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
