package dev.scriptorium.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host name or address, without brackets
 * @param port 0 to 65535; 0 for any free one
 */
record ListenAddress(String host, int port) {
  private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:]+)):([0-9]{1,5})");

  ListenAddress {
    if (port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is above 65535");
    }
  }

  /**
   * Reads {@code host:port} or {@code [address]:port}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static ListenAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not of the form HOST:PORT");
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new ListenAddress(host, Integer.parseInt(matcher.group(3)));
  }

  /** The socket address. */
  InetSocketAddress resolve() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  /**
   * Fails when somebody else listens there: known at once, before anything is started.
   *
   * @throws IOException that names the address
   */
  void checkFree() throws IOException {
    if (port != 0) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(resolve());
      }
    }
  }

  /** True when only this machine can connect. */
  boolean loopback() throws UnknownHostException {
    return InetAddress.getByName(host).isLoopbackAddress();
  }

  /** The same host with the port that was chosen. */
  ListenAddress withPort(int chosen) {
    return new ListenAddress(host, chosen);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
