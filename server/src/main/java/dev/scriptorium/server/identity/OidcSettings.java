package dev.scriptorium.server.identity;

import java.net.URI;

/**
 * The identity provider whose tokens are taken.
 *
 * @param issuer its exact {@code iss}
 * @param audience what {@code aud} has to name
 * @param keys where its key set lies: {@code https:}, {@code http:} on loopback, or {@code file:}
 * @param roleClaim claim that holds {@code reader}, {@code librarian} or {@code operator}, or a
 *     list with one of them; without it a token is a reader's
 */
public record OidcSettings(String issuer, String audience, URI keys, String roleClaim) {
  /** Checks that all are given. */
  public OidcSettings {
    if (issuer.isBlank() || audience.isBlank() || roleClaim.isBlank()) {
      throw new IllegalArgumentException(
          "--oidc-issuer, --oidc-audience and --oidc-keys belong together");
    }
    String scheme = keys.getScheme();
    boolean local =
        "http".equals(scheme)
            && ("localhost".equals(keys.getHost()) || "127.0.0.1".equals(keys.getHost()));
    if (!"https".equals(scheme) && !"file".equals(scheme) && !local) {
      throw new IllegalArgumentException(
          "--oidc-keys is \"" + keys + "\": https:, file:, or http: on this machine");
    }
  }
}
