package dev.scriptorium.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.scriptorium.server.wire.Role;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tokens of an identity provider. The key set is kept for five minutes, read again at most
 * twice in half a minute, and used for four hours more when the provider is away. Where a token
 * says its keys lie is never looked at. Thread-safe.
 */
final class TokenReader {
  private static final Logger LOG = LoggerFactory.getLogger(TokenReader.class);
  // Pinned: neither "none", nor an HMAC with a public key as its secret.
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384);
  private static final int MAX_KEY_SET_BYTES = 256 << 10;
  private static final int TIMEOUT_MILLIS = 2000;
  private static final long KEPT_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long REFRESH_MILLIS = Duration.ofSeconds(15).toMillis();
  private static final long OUTAGE_MILLIS = Duration.ofHours(4).toMillis();
  private static final long READ_AT_MOST_EVERY_MILLIS = Duration.ofSeconds(30).toMillis();
  private static final int MAX_SKEW_SECONDS = 60;

  private final OidcSettings settings;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /** Whom a token names, and as what. */
  record Bearer(String subject, Role role) {}

  TokenReader(OidcSettings settings) {
    this.settings = settings;
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, keys(settings).build()));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            Set.of(settings.audience()),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("sub", "exp"),
            Set.of());
    claims.setMaxClockSkew(MAX_SKEW_SECONDS);
    processor.setJWTClaimsSetVerifier(claims);
  }

  /** Whom a token names; empty when it is none that we take. */
  Optional<Bearer> read(String token) {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      String subject = claims.getSubject();
      return role(claims).map(role -> new Bearer(settings.issuer() + " " + subject, role));
    } catch (ParseException | BadJOSEException e) {
      // Everybody may send nonsense: it is no news.
      LOG.debug("token refused: {}", e.getMessage());
      return Optional.empty();
    } catch (JOSEException e) {
      LOG.warn("token cannot be checked: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Role> role(JWTClaimsSet claims) {
    Object claim = claims.getClaim(settings.roleClaim());
    if (claim == null) {
      return Optional.of(Role.READER);
    }
    List<?> names = claim instanceof List<?> list ? list : List.of(claim);
    return names.stream()
        .flatMap(name -> role(name).stream())
        .max(Role::compareTo)
        .or(() -> Optional.of(Role.READER));
  }

  private static Optional<Role> role(Object name) {
    return switch (String.valueOf(name).toLowerCase(Locale.ROOT)) {
      case "reader" -> Optional.of(Role.READER);
      case "librarian" -> Optional.of(Role.LIBRARIAN);
      case "operator" -> Optional.of(Role.OPERATOR);
      default -> Optional.empty();
    };
  }

  private static JWKSourceBuilder<SecurityContext> keys(OidcSettings settings) {
    try {
      return JWKSourceBuilder.<SecurityContext>create(
              settings.keys().toURL(),
              new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_KEY_SET_BYTES))
          .cache(KEPT_MILLIS, REFRESH_MILLIS)
          .rateLimited(READ_AT_MOST_EVERY_MILLIS)
          .refreshAheadCache(false)
          .outageTolerant(OUTAGE_MILLIS);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("--oidc-keys is no address: " + settings.keys(), e);
    }
  }
}
