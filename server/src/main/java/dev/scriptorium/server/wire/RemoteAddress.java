package dev.scriptorium.server.wire;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Where a call comes from, without the port. */
public final class RemoteAddress {
  static final Context.Key<String> KEY = Context.key("remote-address");
  private static final String UNKNOWN = "unknown";

  private RemoteAddress() {}

  /** That of the current call; {@code unknown} outside one. */
  public static String current() {
    String address = KEY.get();
    return address == null ? UNKNOWN : address;
  }

  static String of(Attributes transport) {
    SocketAddress remote = transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (remote instanceof InetSocketAddress internet && internet.getAddress() != null) {
      return internet.getAddress().getHostAddress();
    }
    return remote == null ? UNKNOWN : remote.toString();
  }
}
