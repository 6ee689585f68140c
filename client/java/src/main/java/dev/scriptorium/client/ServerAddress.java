package dev.scriptorium.client;

/**
 * Where a server listens.
 *
 * @param host a name or a literal address, IPv6 without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
  /** Port of a server that was not told another. */
  public static final int DEFAULT_PORT = 7440;

  public ServerAddress {
    if (host.isBlank() || host.contains("/")) {
      throw new IllegalArgumentException("'" + host + "' is not a host name");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
  }

  /**
   * Reads {@code host:port}, {@code host}, {@code [ipv6]:port} or {@code ipv6}.
   *
   * @throws IllegalArgumentException when the text is none of these
   */
  public static ServerAddress parse(String text) {
    String trimmed = text.trim();
    int colon = trimmed.lastIndexOf(':');
    boolean bare = colon < 0 || trimmed.endsWith("]") || isBareIpv6(trimmed);
    String host = bare ? trimmed : trimmed.substring(0, colon);
    int port = bare ? DEFAULT_PORT : parsePort(trimmed.substring(colon + 1), text);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new ServerAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
  }

  private static boolean isBareIpv6(String text) {
    return !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
  }

  private static int parsePort(String digits, String text) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not host:port", e);
    }
  }

  /** True when the address cannot leave this machine; only then may a call go unencrypted. */
  public boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
