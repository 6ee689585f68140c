package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.google.protobuf.StringValue;
import dev.scriptorium.server.ServerConfig.Tls;
import dev.scriptorium.server.cache.CacheKey;
import dev.scriptorium.server.cache.RedisAddress;
import dev.scriptorium.server.cache.RedisLevel;
import dev.scriptorium.server.cache.TrustedAuthorities;
import dev.scriptorium.server.cache.TwoLevelCache;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.embedded.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

/**
 * Redis and Postgres over TLS, with a certificate that a file vouches for, and with another one.
 */
class TlsStoresTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private TestFolder folder;
  private Tls certificate;
  private Tls other;

  @BeforeEach
  void open() throws Exception {
    folder = TestFolder.create();
    certificate = TestCertificate.selfSigned(folder.path(), "good");
    other = TestCertificate.selfSigned(folder.path(), "other");
  }

  @AfterEach
  void close() throws IOException {
    folder.close();
  }

  @Test
  void theCacheTrustsARedisWhoseCertificateIsVouchedFor() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder.path().resolve("redis"))) {
      int port = offerTls(redis);

      // A first connection may need its time.
      assertThat(works(address(redis, "localhost", port, certificate), 50)).isTrue();
      // Vouched for by nobody we know, and made for another host.
      assertThat(works(address(redis, "localhost", port, other), 5)).isFalse();
      assertThat(works(address(redis, "127.0.0.1", port, certificate), 5)).isFalse();
    }
  }

  @Test
  void theDatabaseIsTrustedWhenItsCertificateIsVouchedFor() throws Exception {
    Login address = database.superuser();
    Login name =
        new Login(
            address.url().replace("127.0.0.1", "localhost"), address.user(), address.password());
    try {
      offerTls(name);
      awaitTls(name.trusting(certificate.certificate()));

      assertThatThrownBy(() -> encrypted(name.trusting(other.certificate())))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> encrypted(address.trusting(certificate.certificate())))
          .isInstanceOf(SQLException.class);
    } finally {
      execute(
          name,
          "alter system reset ssl",
          "alter system reset ssl_cert_file",
          "alter system reset ssl_key_file",
          "select pg_reload_conf()");
    }
  }

  private void offerTls(Login login) throws Exception {
    execute(
        login,
        "alter system set ssl_cert_file = '" + ofPostgres(login, certificate.certificate()) + "'",
        "alter system set ssl_key_file = '" + ofPostgres(login, certificate.key()) + "'",
        "alter system set ssl = 'on'",
        "select pg_reload_conf()");
  }

  /** A copy that belongs to whom the database runs as, as it demands. */
  private static Path ofPostgres(Login login, Path file) throws Exception {
    Path copy = Files.copy(file, file.resolveSibling("postgres-" + file.getFileName()));
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
    Path data = Path.of(query(login, "show data_directory"));
    return Files.setOwner(copy, Files.getOwner(data));
  }

  private static void awaitTls(Login login) throws Exception {
    for (int i = 0; i < 200; i++) {
      try {
        assertThat(encrypted(login)).isTrue();
        return;
      } catch (SQLException e) {
        // It has not read its settings yet.
        LockSupport.parkNanos(20_000_000);
      }
    }
    assertThat(encrypted(login)).isTrue();
  }

  private static boolean encrypted(Login login) throws SQLException {
    return query(login, "select ssl from pg_stat_ssl where pid = pg_backend_pid()").equals("t");
  }

  private static String query(Login login, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void execute(Login login, String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static RedisAddress address(EmbeddedRedis redis, String host, int port, Tls trusted) {
    return RedisAddress.parse(
        "rediss://:%s@%s:%d".formatted(redis.password(), host, port),
        new TrustedAuthorities(Optional.of(trusted.certificate())));
  }

  private int offerTls(EmbeddedRedis redis) throws IOException {
    int port = freePort();
    try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
      jedis.auth(redis.password());
      jedis.configSet("tls-auth-clients", "no");
      jedis.configSet("tls-key-file", readable(certificate.key()).toString());
      jedis.configSet("tls-cert-file", readable(certificate.certificate()).toString());
      jedis.configSet("tls-ca-cert-file", certificate.certificate().toString());
      jedis.configSet("tls-port", Integer.toString(port));
    }
    return port;
  }

  /** Whether what one cache has loaded comes to another one, which have only Redis in common. */
  private static boolean works(RedisAddress address, int tries) {
    try (RedisLevel one = new RedisLevel(address, Clock.systemUTC());
        RedisLevel two = new RedisLevel(address, Clock.systemUTC())) {
      TwoLevelCache first = cache("a", one);
      TwoLevelCache second = cache("b", two);
      for (int i = 0; i < tries; i++) {
        CacheKey key = CacheKey.immutable("tls", address + " " + i);
        first.get(key, StringValue.parser(), () -> StringValue.of("from the first"));
        StringValue there =
            second.get(key, StringValue.parser(), () -> StringValue.of("from nowhere"));
        if (there.getValue().equals("from the first")) {
          return true;
        }
        LockSupport.parkNanos(50_000_000);
      }
      return false;
    }
  }

  private static TwoLevelCache cache(String name, RedisLevel level) {
    return new TwoLevelCache(
        new TwoLevelCache.Settings(
            1 << 20, TwoLevelCache.Sight.THROUGH_REDIS, name, "", System::nanoTime),
        Optional.of(level),
        new MetricRegistry());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  // The programs run as another user when the tests run as root.
  private static Path readable(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
