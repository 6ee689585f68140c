package dev.scriptorium.server.wire;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the connections, all together and from one address, and closes those that are over the
 * limit before they can make a call. gRPC has no friendly way to refuse a connection: its client
 * sees UNAVAILABLE or INTERNAL, depending on how far it has come. Thread-safe.
 */
public final class ConnectionLimit extends ServerTransportFilter {
  /** Marks the connections that were counted, by the address they were counted for. */
  private static final Attributes.Key<String> COUNTED = Attributes.Key.create("counted-address");

  private final int total;
  private final int perAddress;
  private final Map<String, Integer> open = new HashMap<>();
  private int openInTotal;

  /**
   * @param total most connections at once
   * @param perAddress most connections of one remote address at once
   */
  public ConnectionLimit(int total, int perAddress) {
    this.total = total;
    this.perAddress = perAddress;
  }

  /**
   * Counts a connection in.
   *
   * @throws io.grpc.StatusRuntimeException when it is one too many, which closes it
   */
  @Override
  public synchronized Attributes transportReady(Attributes transport) {
    String address = address(transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    int ofAddress = open.getOrDefault(address, 0);
    if (openInTotal >= total || ofAddress >= perAddress) {
      throw Status.RESOURCE_EXHAUSTED.withDescription("too many connections").asRuntimeException();
    }
    open.put(address, ofAddress + 1);
    openInTotal++;
    return transport.toBuilder().set(COUNTED, address).build();
  }

  /** Counts a connection out, unless it was refused. */
  @Override
  public synchronized void transportTerminated(@Nullable Attributes transport) {
    String address = transport == null ? null : transport.get(COUNTED);
    if (address != null) {
      openInTotal--;
      open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private static String address(@Nullable SocketAddress remote) {
    return remote instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : String.valueOf(remote);
  }
}
