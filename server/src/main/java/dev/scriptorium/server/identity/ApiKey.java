package dev.scriptorium.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.wire.Role;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A credential as its holder has it: {@code scr_<role>_<id>_<secret>_<checksum>}. The prefix and
 * the checksum let scanners find keys that leaked, and let us refuse a mistyped one without asking
 * the database.
 *
 * @param role what it says it is for; the database decides
 * @param id public part, 8 letters and digits
 * @param secret 43 letters and digits, 256 random bits
 */
public record ApiKey(Role role, String id, String secret) {
  private static final Pattern FORM =
      Pattern.compile(
          "(scr_(reader|librarian|operator|worker)_([0-9A-Za-z]{8})_([0-9A-Za-z]{43}))_([0-9A-Za-z]{6})");
  private static final int ID_LENGTH = 8;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;

  /** A new key. */
  public static ApiKey generate(Role role, SecureRandom random) {
    byte[] id = new byte[5];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    return new ApiKey(role, Base62.encode(id, ID_LENGTH), Base62.encode(secret, SECRET_LENGTH));
  }

  /** Reads a key; empty when it is none, or was mistyped. */
  static Optional<ApiKey> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !checksum(matcher.group(1)).equals(matcher.group(5))) {
      return Optional.empty();
    }
    Role role = Role.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
    return Optional.of(new ApiKey(role, matcher.group(3), matcher.group(4)));
  }

  /** The key as its holder keeps it. */
  public String text() {
    String body = "scr_" + role.name().toLowerCase(Locale.ROOT) + "_" + id + "_" + secret;
    return body + "_" + checksum(body);
  }

  /** What the database keeps. A fast hash is enough for 256 random bits. */
  public Sha256 secretHash() {
    return Sha256.of(secret.getBytes(US_ASCII));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "scr_" + role.name().toLowerCase(Locale.ROOT) + "_" + id;
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(US_ASCII));
    byte[] value = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return Base62.encode(value, CHECKSUM_LENGTH);
  }
}
