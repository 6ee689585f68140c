package dev.scriptorium.server;

import dev.scriptorium.server.cache.RedisAddress;
import dev.scriptorium.server.cache.TrustedAuthorities;
import dev.scriptorium.server.database.Login;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of TLS to the database and to Redis. */
final class TrustOptions {
  @Option(
      names = "--database-ca",
      paramLabel = "FILE",
      description =
          "Certificates in PEM that vouch for the database: the connection is then over TLS, and"
              + " its certificate has to be for its host. The address may say sslmode=verify-ca"
              + " instead.")
  private @Nullable Path databaseAuthorities;

  @Option(
      names = "--redis-ca",
      paramLabel = "FILE",
      description =
          "Certificates in PEM that vouch for a Redis at rediss://. Default: those that Java"
              + " trusts.")
  private @Nullable Path redisAuthorities;

  /** A login as its address and the options have it. */
  Login login(String address) {
    Login login = Login.parse(address);
    return databaseAuthorities == null ? login : login.trusting(databaseAuthorities);
  }

  /** A Redis as its address and the options have it. */
  RedisAddress redis(String address) {
    RedisAddress redis =
        RedisAddress.parse(address, new TrustedAuthorities(Optional.ofNullable(redisAuthorities)));
    if (redis.tls().isEmpty()) {
      refuseForOwnRedis();
    }
    return redis;
  }

  void refuseForEmbeddedDatabase() {
    if (databaseAuthorities != null) {
      throw new IllegalArgumentException("--database-ca needs --database-url");
    }
  }

  void refuseForOwnRedis() {
    if (redisAuthorities != null) {
      throw new IllegalArgumentException("--redis-ca needs --redis-url with rediss://");
    }
  }
}
