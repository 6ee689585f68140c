package dev.scriptorium.worker.worker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Finds every server behind an address. Stateless. */
final class ServerAddresses {
  private ServerAddresses() {}

  /**
   * The addresses behind {@code host:port}: one for each that the name has, else the address as it
   * is. A name for this machine stays one server, whichever of its addresses it listens on.
   *
   * @throws IllegalArgumentException when it is no address
   */
  static List<String> of(String address) {
    int colon = address.lastIndexOf(':');
    if (colon <= 0 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("server '" + address + "': write HOST:PORT");
    }
    String host = address.substring(0, colon);
    if (host.startsWith("[")) {
      return List.of(address);
    }
    try {
      InetAddress[] found = InetAddress.getAllByName(host);
      if (found.length == 1 || Stream.of(found).allMatch(InetAddress::isLoopbackAddress)) {
        return List.of(address);
      }
      return Arrays.stream(found)
          .map(InetAddress::getHostAddress)
          .map(ip -> (ip.contains(":") ? "[" + ip + "]" : ip) + address.substring(colon))
          .sorted()
          .toList();
    } catch (UnknownHostException e) {
      // Not known yet: the link says so, and the next look may find it.
      return List.of(address);
    }
  }
}
