package dev.scriptorium.server.cache;

import java.net.URI;

/**
 * Where Redis is.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param password empty for none
 */
public record RedisAddress(String host, int port, String password) {
  private static final int DEFAULT_PORT = 6379;

  /**
   * Reads {@code redis://[:password@]host[:port]}.
   *
   * @throws IllegalArgumentException when it is no such address
   */
  public static RedisAddress parse(String address) {
    URI uri = URI.create(address);
    if (!"redis".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "not an address of the form redis://[:password@]host[:port]");
    }
    String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    String password = user.substring(user.indexOf(':') + 1);
    return new RedisAddress(
        uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
