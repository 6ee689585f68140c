package dev.scriptorium.worker.worker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one server is.
 *
 * @param target what to connect to, {@code host:port}
 * @param given the address as somebody wrote it, {@code host:port}: its certificate names this host
 */
record ServerAddress(String target, String given) {
  /**
   * The servers behind {@code host:port}: one for each address that the name has, else one. A name
   * for this machine stays one server, whichever of its addresses it listens on.
   *
   * @throws IllegalArgumentException when it is no address
   */
  static List<ServerAddress> behind(String given) {
    String host = host(given);
    String port = given.substring(host.length());
    if (host.startsWith("[")) {
      return List.of(new ServerAddress(given, given));
    }
    try {
      InetAddress[] found = InetAddress.getAllByName(host);
      if (found.length == 1 || Stream.of(found).allMatch(InetAddress::isLoopbackAddress)) {
        return List.of(new ServerAddress(given, given));
      }
      return Stream.of(found)
          .map(InetAddress::getHostAddress)
          .map(ip -> (ip.contains(":") ? "[" + ip + "]" : ip) + port)
          .sorted()
          .map(target -> new ServerAddress(target, given))
          .toList();
    } catch (UnknownHostException e) {
      // Not known yet: the link says so, and the next look may find it.
      return List.of(new ServerAddress(given, given));
    }
  }

  /**
   * True when what is sent there cannot leave this machine. Told by the text alone: what a name
   * resolves to may change.
   *
   * @throws IllegalArgumentException when it is no address
   */
  static boolean isLoopback(String given) {
    String host = host(given);
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static String host(String given) {
    int colon = given.lastIndexOf(':');
    if (colon <= 0 || !given.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("server '" + given + "': write HOST:PORT");
    }
    return given.substring(0, colon);
  }
}
