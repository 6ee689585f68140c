package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.identity.TokenReader.Bearer;
import dev.scriptorium.server.wire.Caller;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the user of an identity provider's token; a new one is made. What the token says of the
 * role holds. Thread-safe.
 */
public final class TokenCallers {
  private static final String KEY_ID = "oidc";

  private final Database system;
  private final TokenReader reader;
  private final InstantSource clock;
  private final AccountStore accounts = new AccountStore();

  /**
   * @param system of a role that sees every account
   */
  public TokenCallers(Database system, OidcSettings settings, InstantSource clock) {
    this.system = system;
    this.reader = new TokenReader(settings);
    this.clock = clock;
  }

  /** Who has a token; empty when it is not good, or the user is disabled. */
  public Optional<Caller> caller(String token) {
    return reader.read(token).flatMap(this::caller);
  }

  private Optional<Caller> caller(Bearer bearer) {
    UUID id = UUID.randomUUID();
    Account account =
        system.inTransaction(
            handle ->
                accounts.ensureSubject(
                    handle,
                    bearer.subject(),
                    "oidc " + id,
                    bearer.role(),
                    id,
                    clock.instant().truncatedTo(ChronoUnit.MICROS)));
    return account.disabled()
        ? Optional.empty()
        : Optional.of(new Caller(account.id(), KEY_ID, bearer.role()));
  }
}
