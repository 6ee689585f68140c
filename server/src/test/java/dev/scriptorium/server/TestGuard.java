package dev.scriptorium.server;

import dev.scriptorium.server.identity.IdentitySettings;
import java.time.Duration;
import java.util.Optional;

/** Limits for tests: those of a server without options, but more failed logins. */
final class TestGuard {
  static final Guard GUARD =
      new Guard(
          4000,
          4000,
          256,
          500,
          64,
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Optional.empty(),
          new IdentitySettings(Duration.ofHours(1), 100),
          Optional.empty());

  private TestGuard() {}
}
