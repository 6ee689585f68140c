package dev.scriptorium.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ErrorReason;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id hashes, kept with their parameters and salt in the usual text form. Each
 * hash takes 19 MiB for some tens of milliseconds, so that few are made at once. Thread-safe.
 */
final class Passwords {
  static final int MIN_BYTES = 8;
  static final int MAX_BYTES = 1024;

  // Among the settings that OWASP recommends, the one with the least memory that needs two rounds.
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int ROUNDS = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");

  private final SecureRandom random;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  Passwords(SecureRandom random) {
    this.random = random;
  }

  /**
   * What to keep of a password.
   *
   * @param field path of the field, for the error
   * @throws ApiException INVALID_FIELD when it is too short or too long
   */
  String hash(String field, String password) {
    int length = password.getBytes(UTF_8).length;
    if (length < MIN_BYTES || length > MAX_BYTES) {
      // Its value is not shown.
      throw InvalidField.of(field, length + " bytes", MIN_BYTES + " to " + MAX_BYTES + " bytes");
    }
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    byte[] hash = argon2(password, salt, MEMORY_KIB, ROUNDS, LANES, HASH_BYTES);
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, ROUNDS, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /** True when it is the password that a hash was made of. */
  boolean matches(String password, String kept) {
    Matcher form = FORM.matcher(kept);
    if (!form.matches()) {
      throw new IllegalStateException("a kept password is damaged");
    }
    byte[] expected = Base64.getDecoder().decode(form.group(5));
    byte[] actual =
        argon2(
            password,
            Base64.getDecoder().decode(form.group(4)),
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)),
            expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  /** Takes as long as a comparison, so that the time does not tell who has an account. */
  void compareWithNothing(String password) {
    argon2(password, new byte[SALT_BYTES], MEMORY_KIB, ROUNDS, LANES, HASH_BYTES);
  }

  private byte[] argon2(
      String password, byte[] salt, int memoryKib, int rounds, int lanes, int length) {
    takeTurn();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memoryKib)
              .withIterations(rounds)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      // The same characters may be typed in two ways.
      generator.generateBytes(
          Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(UTF_8), hash);
      return hash;
    } finally {
      turns.release();
    }
  }

  private void takeTurn() {
    try {
      if (turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ApiException(
        ErrorReason.ERROR_REASON_OVERLOADED,
        "too many logins at once; retry in " + PATIENCE.toMillis() + " ms",
        Map.of(),
        PATIENCE);
  }
}
