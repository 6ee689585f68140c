package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.identity.AccountStore.Secret;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.RateInterceptor;
import dev.scriptorium.server.wire.RateLimit;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.LoginRequest;
import dev.scriptorium.v1.LoginResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** From an address and a password to a token that ends soon. Thread-safe. */
final class Logins {
  private final Database system;
  private final Passwords passwords;
  private final AuditLog audit;
  private final RateLimit failures;
  private final Duration lasts;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final AccountStore accounts = new AccountStore();
  private final ApiKeyStore keys;

  /**
   * @param system of a role that sees every account
   * @param failures bounds failed attempts, by remote address and by user
   * @param lasts how long a token is good
   */
  Logins(
      Database system,
      Passwords passwords,
      AuditLog audit,
      RateLimit failures,
      Duration lasts,
      InstantSource clock) {
    this.system = system;
    this.passwords = passwords;
    this.audit = audit;
    this.failures = failures;
    this.lasts = lasts;
    this.clock = clock;
    this.keys = new ApiKeyStore(system);
  }

  /** The error for an attempt that failed; it does not tell why. */
  static ApiException failed() {
    return new ApiException(
        ErrorReason.ERROR_REASON_LOGIN_FAILED,
        "the e-mail address or the password is wrong",
        Map.of());
  }

  /**
   * Checks a password and gives a token.
   *
   * @param address where the call comes from
   */
  LoginResponse login(LoginRequest request, String address) {
    String folded = UserFields.folded(request.getEmail());
    String byAddress = "address " + address;
    String byUser = "user " + folded;
    requirePatience(byAddress);
    requirePatience(byUser);
    Optional<Secret> found = system.inTransaction(h -> accounts.findByEmail(h, folded));
    if (!matches(found, request.getPassword())) {
      failures.take(byAddress, 1);
      failures.take(byUser, 1);
      found.ifPresent(user -> audit.login(name(user), false, address));
      throw failed();
    }
    Account account = found.orElseThrow().account();
    audit.login(IdentityNames.user(account.id()), true, address);
    return token(account);
  }

  private void requirePatience(String bucket) {
    Duration wait = failures.untilNext(bucket);
    if (!wait.isZero()) {
      throw RateInterceptor.refusal(wait);
    }
  }

  private boolean matches(Optional<Secret> found, String password) {
    // A longer one is nobody's, and would take long to look at.
    String shortened = password.length() > Passwords.MAX_BYTES ? "" : password;
    String kept = found.map(Secret::passwordHash).orElse(null);
    if (kept == null) {
      passwords.compareWithNothing(shortened);
      return false;
    }
    return passwords.matches(shortened, kept) && !found.orElseThrow().account().disabled();
  }

  private LoginResponse token(Account account) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant end = now.plus(lasts);
    ApiKey token = ApiKey.generate(account.role(), random);
    system.inTransaction(
        handle -> {
          keys.insert(handle, token, account.id(), "login", true, now, end);
          return true;
        });
    return LoginResponse.newBuilder()
        .setToken(token.text())
        .setExpireTime(WireTime.of(end))
        .setUser(IdentityMessages.user(account))
        .build();
  }

  private static String name(Secret user) {
    return IdentityNames.user(user.account().id());
  }
}
