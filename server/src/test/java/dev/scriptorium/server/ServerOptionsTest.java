package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.ServerConfig.DatabaseSource;
import dev.scriptorium.server.ServerConfig.RedisSource;
import dev.scriptorium.server.cache.RedisAddress;
import dev.scriptorium.server.database.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServerOptionsTest {
  @TempDir Path folder;

  @Test
  void withoutOptionsEverythingIsEmbeddedAndOnLoopback() {
    ServerConfig config = parse();

    assertThat(config.listen()).isEqualTo(new ListenAddress("127.0.0.1", 7440));
    assertThat(config.grace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.freeSpaceFloor().bytes()).isEqualTo(512L << 20);
    assertThat(config.tls()).isEmpty();
  }

  @Test
  void aPrivilegedAddressIsTakenApart() {
    ServerConfig config =
        parse(
            "--database-url",
            "jdbc:postgresql://db:6543/books?user=admin&password=secret&sslmode=require");

    assertThat(config.database())
        .isEqualTo(
            new DatabaseSource.Privileged(
                new Login("jdbc:postgresql://db:6543/books?sslmode=require", "admin", "secret")));
    assertThat(config.toString()).doesNotContain("secret");
  }

  @Test
  void preparedRolesHaveToHaveTheirNames() {
    String base = "jdbc:postgresql://db/books?password=p&user=";

    assertThat(
            parse(
                    "--database-url",
                    base + "scriptorium_owner",
                    "--database-api-url",
                    base + "scriptorium_api",
                    "--database-scheduler-url",
                    base + "scriptorium_scheduler")
                .database())
        .isInstanceOf(DatabaseSource.Prepared.class);
    assertThatThrownBy(
            () ->
                parse(
                    "--database-url",
                    base + "postgres",
                    "--database-api-url",
                    base + "scriptorium_api",
                    "--database-scheduler-url",
                    base + "scriptorium_scheduler"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scriptorium_owner");
  }

  @Test
  void redisMayBeElsewhereOrNowhere() {
    assertThat(parse("--redis-url", "redis://:pw@cache").redis())
        .isEqualTo(new RedisSource.External(new RedisAddress("cache", 6379, "pw")));
    assertThat(parse("--redis-url", "none").redis()).isEqualTo(new RedisSource.None());
  }

  @Test
  void redisAndTheDatabaseMayBeReachedOverTls() throws Exception {
    String authorities = TestCertificate.selfSigned(folder, "ca").certificate().toString();
    String url = "jdbc:postgresql://db/books?user=u&password=p";

    var secure = parse("--redis-url", "rediss://:pw@cache:6380", "--redis-ca", authorities).redis();
    var database = parse("--database-url", url, "--database-ca", authorities).database();

    assertThat(((RedisSource.External) secure).address().tls()).isPresent();
    assertThat(((DatabaseSource.Privileged) database).login().url())
        .contains("sslmode=verify-full")
        .contains("sslrootcert=")
        .doesNotContain("password");
    for (String[] wrong :
        List.of(
            new String[] {"--redis-url", "redis://cache", "--redis-ca", authorities},
            new String[] {"--redis-ca", authorities},
            new String[] {"--redis-url", "rediss://cache", "--redis-ca", "/dev/null"},
            new String[] {"--database-ca", authorities},
            new String[] {
              "--database-url", url + "&sslmode=disable", "--database-ca", authorities
            })) {
      assertThatThrownBy(() -> parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void plaintextIsRefusedWhereOthersCanListen() {
    assertThatThrownBy(() -> parse("--listen", "0.0.0.0:7440"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--insecure");
    assertThat(parse("--listen", "0.0.0.0:7440", "--insecure").listen().port()).isEqualTo(7440);
  }

  @Test
  void jobsAreKeptForThirtyDaysUnlessItIsSaid() {
    assertThat(parse().keepJobs()).isEqualTo(Duration.ofDays(30));
    assertThat(parse("--keep-jobs", "7").keepJobs()).isEqualTo(Duration.ofDays(7));
    assertThatThrownBy(() -> parse("--keep-jobs", "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--keep-jobs");
  }

  @Test
  void certificateAndKeyBelongTogether() {
    assertThatThrownBy(() -> parse("--tls-cert", "a.pem"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("belong together");
  }

  @ParameterizedTest
  @CsvSource({"512MB,536870912", "2GiB,2147483648", "1 kb,1024", "7,7", "0b,0"})
  void sizesAreReadWithTheirUnits(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"250ms,PT0.25S", "10s,PT10S", "5m,PT5M", "1h,PT1H", "2d,PT48H"})
  void timesAreReadWithTheirUnits(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "-1s", "1 week", "s"})
  void otherTimesAreRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1TB", "MB", "1.5GB"})
  void otherSizesAreRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"localhost:1,localhost,1", "[::1]:0,::1,0", "10.0.0.1:65535,10.0.0.1,65535"})
  void addressesAreRead(String text, String host, int port) {
    assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(host, port));
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", ":1", "::1:1", "localhost:65536", "localhost:x"})
  void otherAddressesAreRefused(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ServerConfig parse(String... arguments) {
    ServerOptions options = new ServerOptions();
    new CommandLine(new Command(options))
        .registerConverter(ByteSize.class, ByteSize::parse)
        .registerConverter(Duration.class, Durations::parse)
        .registerConverter(ListenAddress.class, ListenAddress::parse)
        .parseArgs(arguments);
    return options.config();
  }

  @CommandLine.Command
  private record Command(@CommandLine.Mixin ServerOptions options) {}
}
