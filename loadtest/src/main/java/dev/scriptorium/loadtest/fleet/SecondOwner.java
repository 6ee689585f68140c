package dev.scriptorium.loadtest.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.scriptorium.loadtest.system.TestSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.zip.CRC32;

/** Another account with a key. The server makes only one itself: this one is written past it. */
final class SecondOwner {
  private static final String INSERT =
      """
      with owner as (
          insert into scriptorium.account (id, name) values (?, ?) returning id)
      insert into scriptorium.api_key (id, owner_id, role, secret_sha256, label, created_at)
      select ?, owner.id, 'OPERATOR', ?, 'load test', now() from owner
      """;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 8;
  private static final int SECRET_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;

  private SecondOwner() {}

  /** Makes an account in the database of a server; its key. */
  static String create(TestSystem system) throws IOException, SQLException {
    UUID account = UUID.randomUUID();
    String id = word(account.getMostSignificantBits() >>> 1, ID_LENGTH);
    String secret = word(account.getLeastSignificantBits() >>> 1, SECRET_LENGTH);
    Path postgres = system.dataDir().resolve("pg");
    String url =
        "jdbc:postgresql://127.0.0.1:" + Files.readString(postgres.resolve("port")).strip() + "/";
    String password = Files.readString(postgres.resolve("secret")).strip();
    try (Connection connection =
            DriverManager.getConnection(url + "postgres", "scriptorium", password);
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, account);
      statement.setString(2, account.toString());
      statement.setString(3, id);
      statement.setBytes(4, sha256(secret));
      statement.executeUpdate();
    }
    String body = "scr_operator_" + id + "_" + secret;
    CRC32 checksum = new CRC32();
    checksum.update(body.getBytes(US_ASCII));
    return body + "_" + word(checksum.getValue(), CHECKSUM_LENGTH);
  }

  /** A number in digits and letters, filled up with zeros; what does not fit is left out. */
  private static String word(long number, int length) {
    char[] digits = new char[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(digits);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
