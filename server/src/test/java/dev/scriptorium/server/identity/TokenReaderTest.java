package dev.scriptorium.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an identity provider, good ones and forged ones. */
class TokenReaderTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final String ISSUER = "https://id.example.org/";
  private static final String AUDIENCE = "scriptorium";

  @TempDir static Path folder;
  private static RSAKey rsa;
  private static ECKey ec;
  private static OidcSettings settings;
  private static TokenReader reader;

  @BeforeAll
  static void makeKeys() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("one").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
    Path keys = folder.resolve("keys.json");
    Files.writeString(keys, new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString());
    settings = new OidcSettings(ISSUER, AUDIENCE, keys.toUri(), "groups");
    reader = new TokenReader(settings);
  }

  @Test
  void goodTokensOfBothKindsNameTheirBearer() throws Exception {
    assertThat(reader.read(rs256(claims().build())).orElseThrow().subject())
        .isEqualTo(ISSUER + " mary");
    assertThat(reader.read(es256(claims().build()))).isPresent();
  }

  @Test
  void theRoleIsThatOfTheClaimAndElseAReaders() throws Exception {
    assertThat(role(claims())).isEqualTo(Role.READER);
    assertThat(role(claims().claim("groups", "librarian"))).isEqualTo(Role.LIBRARIAN);
    assertThat(role(claims().claim("groups", List.of("staff", "operator"))))
        .isEqualTo(Role.OPERATOR);
    assertThat(role(claims().claim("groups", "worker"))).isEqualTo(Role.READER);
  }

  @Test
  void aTokenOfAnotherIssuerOrForAnotherAudienceIsRefused() throws Exception {
    assertRefused(rs256(claims().issuer("https://id.example.org").build()));
    assertRefused(rs256(claims().audience("another").build()));
    assertRefused(rs256(claims().audience(List.of()).build()));
  }

  @Test
  void aTokenHasToNameItsBearerAndItsEnd() throws Exception {
    assertRefused(rs256(claims().subject(null).build()));
    assertRefused(rs256(claims().expirationTime(null).build()));
    assertRefused(rs256(claims().expirationTime(in(-120)).build()));
    assertRefused(rs256(claims().notBeforeTime(in(120)).build()));
  }

  @Test
  void aForgedTokenIsRefused() throws Exception {
    RSAKey other = new RSAKeyGenerator(2048).keyID("one").generate();
    byte[] publicKey = rsa.toRSAPublicKey().getEncoded();

    assertRefused(new PlainJWT(claims().build()).serialize());
    assertRefused(sign(JWSAlgorithm.HS256, "one", new MACSigner(publicKey), claims().build()));
    assertRefused(
        sign(JWSAlgorithm.RS256, "one", new RSASSASigner(other.toPrivateKey()), claims().build()));
    assertRefused(
        sign(JWSAlgorithm.RS384, "one", new RSASSASigner(rsa.toPrivateKey()), claims().build()));
    String good = rs256(claims().build());
    assertRefused(good.substring(0, good.length() - 6) + "AAAAAA");
    assertRefused("a.b.c");
    assertRefused("");
  }

  // The address would be asked for if anybody looked at it: nothing listens there.
  @Test
  void whereATokenSaysItsKeysLieIsNotLookedAt() throws Exception {
    RSAKey other = new RSAKeyGenerator(2048).keyID("three").generate();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("three")
                .jwk(other.toPublicJWK())
                .jwkURL(URI.create("http://127.0.0.1:1/keys"))
                .build(),
            claims().build());
    token.sign(new RSASSASigner(other.toPrivateKey()));

    assertRefused(token.serialize());
  }

  @Test
  void aBearerHasOneAccountWithTheTokensRole() throws Exception {
    FakeClock clock = new FakeClock(Instant.parse("2030-01-01T00:00:00Z"));
    TokenCallers callers = new TokenCallers(database.scheduler(), settings, clock);

    Optional<Caller> first = callers.caller(rs256(claims().build()));
    Optional<Caller> promoted =
        callers.caller(rs256(claims().claim("groups", "librarian").build()));
    Optional<Caller> other = callers.caller(rs256(claims().subject("ann").build()));

    assertThat(first.orElseThrow().role()).isEqualTo(Role.READER);
    assertThat(promoted.orElseThrow().role()).isEqualTo(Role.LIBRARIAN);
    assertThat(promoted.orElseThrow().owner()).isEqualTo(first.orElseThrow().owner());
    assertThat(other.orElseThrow().owner()).isNotEqualTo(first.orElseThrow().owner());
  }

  @Test
  void keysAreReadFromSafePlacesAlone() {
    assertThatThrownBy(
            () ->
                new OidcSettings(
                    ISSUER, AUDIENCE, URI.create("http://id.example.org/keys"), "groups"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--oidc-keys");
  }

  private static Role role(JWTClaimsSet.Builder claims) throws JOSEException {
    return reader.read(rs256(claims.build())).orElseThrow().role();
  }

  private static void assertRefused(String token) {
    assertThat(reader.read(token)).isEmpty();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("mary")
        .expirationTime(in(300));
  }

  @SuppressWarnings("JavaUtilDate") // What the library takes.
  private static Date in(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String rs256(JWTClaimsSet claims) throws JOSEException {
    return sign(JWSAlgorithm.RS256, "one", new RSASSASigner(rsa.toPrivateKey()), claims);
  }

  private static String es256(JWTClaimsSet claims) throws JOSEException {
    return sign(JWSAlgorithm.ES256, "two", new ECDSASigner(ec), claims);
  }

  private static String sign(
      JWSAlgorithm algorithm, String key, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
    token.sign(signer);
    return token.serialize();
  }
}
