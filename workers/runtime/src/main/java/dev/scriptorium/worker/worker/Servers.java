package dev.scriptorium.worker.worker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links to all servers of the installation. Confined to the worker's loop. */
final class Servers {
  private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

  private final Function<ServerAddress, ServerLink> dial;
  private final Map<String, ServerLink> links = new LinkedHashMap<>();
  private final Set<String> refusing = new HashSet<>();
  private boolean welcomed;

  /**
   * @param dial makes the link to an address
   */
  Servers(Function<ServerAddress, ServerLink> dial) {
    this.dial = dial;
  }

  /** Takes note of where servers are now: new ones are called, those that are gone are let go. */
  void found(Set<ServerAddress> addresses) {
    Set<String> targets = new HashSet<>();
    for (ServerAddress address : addresses) {
      targets.add(address.target());
      if (!links.containsKey(address.target())) {
        ServerLink link = dial.apply(address);
        links.put(address.target(), link);
        link.open();
      }
    }
    for (ServerLink link : List.copyOf(links.values())) {
      // One that still answers is left in peace: a name may lose an address before its server ends.
      if (!targets.contains(link.address()) && !link.isUp()) {
        LOG.info("{} is no longer an address of a server", link.address());
        links.remove(link.address());
        link.close();
      }
    }
  }

  /** The links over which a server is there. */
  List<ServerLink> up() {
    return links.values().stream().filter(ServerLink::isUp).toList();
  }

  /** The link to this incarnation of a server, while it is up. */
  Optional<ServerLink> linkTo(long incarnation) {
    return links.values().stream().filter(link -> link.leadsTo(incarnation)).findFirst();
  }

  /** The link to an address, while it is up. */
  Optional<ServerLink> at(String address) {
    return Optional.ofNullable(links.get(address)).filter(ServerLink::isUp);
  }

  /** A server has answered. Other ways to the same one are shut: it hears each worker once. */
  void welcomed(ServerLink link, long incarnation) {
    welcomed = true;
    refusing.clear();
    for (ServerLink other : List.copyOf(links.values())) {
      if (other != link && incarnation != 0 && other.leadsTo(incarnation)) {
        LOG.info("{} and {} are the same server", link.address(), other.address());
        other.park();
      }
    }
  }

  /** A server is gone: what led to it may lead to another one now. */
  void lost() {
    new ArrayList<>(links.values()).stream().filter(ServerLink::isParked).forEach(ServerLink::open);
  }

  /**
   * A server does not accept the key.
   *
   * @return true when no server ever has: the key is to blame, not a server in trouble
   */
  boolean refused(ServerLink link) {
    refusing.add(link.address());
    return !welcomed && refusing.containsAll(links.keySet());
  }

  /** True once a server has answered. */
  boolean everWelcomed() {
    return welcomed;
  }

  /** Ends everything. */
  void close() {
    links.values().forEach(ServerLink::close);
  }
}
