package dev.scriptorium.server;

import dev.scriptorium.server.identity.IdentitySettings;
import dev.scriptorium.server.identity.OidcSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of limits and logins, as picocli fills them in. */
final class GuardOptions {
  private static final int PER_REMOTE_ADDRESS = 50;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Most connections at once. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--connections-per-address",
      paramLabel = "N",
      description =
          "Most connections of one address, more where a proxy stands before the server."
              + " Default: 50, and no such limit on loopback.")
  private @Nullable Integer connectionsPerAddress;

  @Option(
      names = "--calls-per-connection",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most calls under way on one connection. Default: ${DEFAULT-VALUE}.")
  private int callsPerConnection;

  @Option(
      names = "--call-rate",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Units a second for each reader and librarian: 1 for a look-up, 5 for a page of books,"
              + " 20 for an upload; ten times as many after a pause. 0 for no bound."
              + " Default: ${DEFAULT-VALUE}.")
  private int callRate;

  @Option(
      names = "--calls-per-user",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Most calls under way of one reader or librarian, and as many streams."
              + " Default: ${DEFAULT-VALUE}.")
  private int callsPerUser;

  @Option(
      names = "--upload-pause",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "Longest time between two messages of an upload. Default: ${DEFAULT-VALUE}.")
  private Duration uploadPause = Duration.ZERO;

  @Option(
      names = "--upload-time",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "Longest time for a whole upload. Default: ${DEFAULT-VALUE}.")
  private Duration uploadTime = Duration.ZERO;

  @Option(
      names = "--worker-port",
      paramLabel = "PORT",
      description =
          "Serve workers and KEDA on this port alone, on the same address, so that a firewall can"
              + " tell them from readers. Default: one port for all.")
  private @Nullable Integer workerPort;

  @Option(
      names = "--login-lasts",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long the token of a login is good. Default: ${DEFAULT-VALUE}.")
  private Duration loginLasts = Duration.ZERO;

  @Option(
      names = "--failures-per-minute",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Most failed logins of one address, and for one user; ten times as many wrong keys."
              + " Default: ${DEFAULT-VALUE}.")
  private int failuresPerMinute;

  @Option(
      names = "--oidc-issuer",
      paramLabel = "ISSUER",
      description = "Take tokens (JWT) of this identity provider; with the next two.")
  private @Nullable String issuer;

  @Option(
      names = "--oidc-audience",
      paramLabel = "NAME",
      description = "What a token's audience has to name.")
  private @Nullable String audience;

  @Option(
      names = "--oidc-keys",
      paramLabel = "URL",
      description = "Where the provider's key set (JWKS) lies: https: or file:.")
  private @Nullable URI keys;

  @Option(
      names = "--oidc-role-claim",
      paramLabel = "CLAIM",
      defaultValue = "scriptorium_role",
      description =
          "Claim that says reader, librarian or operator; without it a token is a reader's."
              + " Default: ${DEFAULT-VALUE}.")
  private String roleClaim = "";

  /**
   * The settings, checked.
   *
   * @param loopback true when only this machine can connect: all callers have the same address then
   * @throws IllegalArgumentException with one line that says which option is wrong
   */
  Guard guard(boolean loopback) {
    int perAddress = loopback ? connections : PER_REMOTE_ADDRESS;
    return new Guard(
        connections,
        connectionsPerAddress == null ? perAddress : connectionsPerAddress,
        callsPerConnection,
        callRate,
        callsPerUser,
        uploadPause,
        uploadTime,
        Optional.ofNullable(workerPort),
        new IdentitySettings(loginLasts, failuresPerMinute),
        oidc());
  }

  private Optional<OidcSettings> oidc() {
    if (issuer == null && audience == null && keys == null) {
      return Optional.empty();
    }
    if (issuer == null || audience == null || keys == null) {
      throw new IllegalArgumentException(
          "--oidc-issuer, --oidc-audience and --oidc-keys belong together");
    }
    return Optional.of(new OidcSettings(issuer, audience, keys, roleClaim));
  }
}
