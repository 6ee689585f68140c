package dev.scriptorium.server.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * How to reach a database as one role.
 *
 * @param url JDBC address without user and password
 * @param user the role
 * @param password its password; may be empty where the server asks for none
 */
public record Login(String url, String user, String password) {
  private static final Set<String> CHECKING = Set.of("verify-ca", "verify-full");

  /**
   * Takes user and password out of a JDBC address such as {@code
   * jdbc:postgresql://host:5432/name?user=u&password=p&sslmode=verify-full}.
   *
   * @throws IllegalArgumentException when it is no such address or names no user
   */
  public static Login parse(String address) {
    Properties properties = Driver.parseURL(address, new Properties());
    if (properties == null) {
      throw new IllegalArgumentException(
          "not a database address of the form"
              + " jdbc:postgresql://host:port/name?user=...&password=...");
    }
    String user = PGProperty.USER.getOrDefault(properties);
    if (user == null || !address.contains("user=")) {
      throw new IllegalArgumentException("the database address names no user: add ?user=...");
    }
    String password = PGProperty.PASSWORD.getOrDefault(properties);
    return new Login(withoutSecrets(address), user, password == null ? "" : password);
  }

  /**
   * The same over TLS: the database's certificate has to be vouched for by these authorities, and
   * made for its host unless the address sets another {@code sslmode}.
   *
   * @param authorities certificates in PEM
   * @throws IllegalArgumentException when the address names authorities itself, or forbids TLS
   */
  public Login trusting(Path authorities) {
    Properties properties = Objects.requireNonNull(Driver.parseURL(url, new Properties()));
    String mode = PGProperty.SSL_MODE.getOrDefault(properties);
    if (PGProperty.SSL_ROOT_CERT.getOrDefault(properties) != null
        || (mode != null && !CHECKING.contains(mode))) {
      throw new IllegalArgumentException(
          "the database address has sslmode or sslrootcert of its own, which do not go with a file"
              + " of authorities");
    }
    String settings =
        "sslrootcert="
            + URLEncoder.encode(authorities.toAbsolutePath().toString(), UTF_8)
            + (mode == null ? "&sslmode=verify-full" : "");
    return new Login(url + (url.indexOf('?') < 0 ? "?" : "&") + settings, user, password);
  }

  /** The same database as another role. */
  Login as(String role, String rolePassword) {
    return new Login(url, role, rolePassword);
  }

  private static String withoutSecrets(String address) {
    int question = address.indexOf('?');
    if (question < 0) {
      return address;
    }
    String kept =
        java.util.Arrays.stream(address.substring(question + 1).split("&", -1))
            .filter(p -> !p.startsWith("user=") && !p.startsWith("password="))
            .collect(java.util.stream.Collectors.joining("&"));
    return address.substring(0, question) + (kept.isEmpty() ? "" : "?" + kept);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + " at " + url;
  }
}
