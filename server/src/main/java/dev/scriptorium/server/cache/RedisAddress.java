package dev.scriptorium.server.cache;

import java.net.URI;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslOptions;

/**
 * Where Redis is.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param password empty for none
 * @param tls whom to trust; empty for plaintext
 */
public record RedisAddress(String host, int port, String password, Optional<SslOptions> tls) {
  private static final int DEFAULT_PORT = 6379;

  /** One in plaintext. */
  public RedisAddress(String host, int port, String password) {
    this(host, port, password, Optional.empty());
  }

  /**
   * Reads {@code redis[s]://[:password@]host[:port]}.
   *
   * @param trusted for {@code rediss}
   * @throws IllegalArgumentException when it is no such address
   */
  public static RedisAddress parse(String address, TrustedAuthorities trusted) {
    URI uri = URI.create(address);
    boolean tls = "rediss".equals(uri.getScheme());
    if ((!tls && !"redis".equals(uri.getScheme())) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "not an address of the form redis://[:password@]host[:port], or rediss:// for TLS");
    }
    String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    String password = user.substring(user.indexOf(':') + 1);
    return new RedisAddress(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        password,
        tls ? Optional.of(trusted.options()) : Optional.empty());
  }

  HostAndPort hostAndPort() {
    return new HostAndPort(host, port);
  }

  /** How to speak to it. */
  DefaultJedisClientConfig client(String name, int connectMillis, int socketMillis) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .connectionTimeoutMillis(connectMillis)
            .socketTimeoutMillis(socketMillis)
            .clientName(name);
    if (!password.isEmpty()) {
      config.password(password);
    }
    tls.ifPresent(config::sslOptions);
    return config.build();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return (tls.isPresent() ? "rediss://" : "") + host + ":" + port;
  }
}
