package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.RateLimit;
import dev.scriptorium.v1.User;
import dev.scriptorium.v1.WhoAmIResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;

/** The parts of the identity service, built and connected. Thread-safe. */
public final class Identity {
  private static final Duration ENDED_LOGINS_LIVE = Duration.ofDays(1);

  private final Users users;
  private final Logins logins;
  private final Keys keys;
  private final Shares shares;
  private final Exports exports;
  private final AuditLog audit;
  private final ApiKeyStore keyStore;
  private final InstantSource clock;

  /**
   * @param system of a role that sees every account
   * @param api of the role that sees one user's rows
   * @param credentials told of keys and users that have to be looked up anew
   * @param bookDeleted told of the books of deleted users
   * @param readersChanged told of books that others, or other people than before, may read
   */
  public Identity(
      Database system,
      Database api,
      Credentials credentials,
      IdentitySettings settings,
      Consumer<UUID> bookDeleted,
      Consumer<UUID> readersChanged,
      InstantSource clock) {
    AuditLog record = new AuditLog(system, clock);
    Passwords passwords = new Passwords(new SecureRandom());
    RateLimit failures =
        new RateLimit(
            settings.failuresPerMinute(),
            Duration.ofMinutes(1),
            settings.failuresPerMinute(),
            System::nanoTime);
    this.audit = record;
    this.users = new Users(system, passwords, record, credentials::forgetUser, bookDeleted, clock);
    this.logins = new Logins(system, passwords, record, failures, settings.loginLasts(), clock);
    this.keys = new Keys(system, record, credentials::forgetKey, clock);
    this.shares = new Shares(system, record, readersChanged, clock);
    this.exports = new Exports(system, api, record);
    this.keyStore = new ApiKeyStore(system);
    this.clock = clock;
  }

  /** Forgets tokens of logins that ended a day ago; to be called now and then. */
  public int sweepLogins() {
    return keyStore.deleteEndedLogins(clock.instant().minus(ENDED_LOGINS_LIVE));
  }

  Users users() {
    return users;
  }

  Logins logins() {
    return logins;
  }

  Keys keys() {
    return keys;
  }

  Shares shares() {
    return shares;
  }

  Exports exports() {
    return exports;
  }

  AuditLog audit() {
    return audit;
  }

  /** The user behind a call. */
  WhoAmIResponse whoAmI(Caller caller) {
    User user = users.get(caller, IdentityNames.user(caller.owner()));
    return WhoAmIResponse.newBuilder()
        .setUser(user)
        .setKey(caller.keyId())
        .setRole(IdentityMessages.role(caller.role()))
        .build();
  }
}
