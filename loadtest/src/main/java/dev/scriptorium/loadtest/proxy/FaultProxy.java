package dev.scriptorium.loadtest.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * One link: listens on a loopback port of its own and connects every caller to the target. Each
 * direction can be spoilt by itself, for connections that are open and for those to come; {@link
 * #heal} ends all of it. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final String name;
  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Direction up;
  private final Direction down;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  private FaultProxy(
      String name, InetSocketAddress target, ServerSocket listener, RandomGenerator random) {
    this.name = name;
    this.target = target;
    this.listener = listener;
    up = new Direction(random);
    down = new Direction(random);
  }

  /**
   * Starts to listen.
   *
   * @param name of the link, for messages, for example {@code worker-1 to server-2}
   * @param target where connections lead; need not listen yet
   * @param random decides on jitter
   */
  public static FaultProxy start(String name, InetSocketAddress target, RandomGenerator random)
      throws IOException {
    ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    FaultProxy proxy = new FaultProxy(name, target, listener, random);
    Thread.ofVirtual().name(name).start(proxy::accept);
    return proxy;
  }

  /** Name of the link. */
  public String name() {
    return name;
  }

  /** Port on loopback. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Host and port. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** From caller to target. */
  public Direction up() {
    return up;
  }

  /** From target to caller. */
  public Direction down() {
    return down;
  }

  /** Connections that are open. */
  public int connections() {
    return open.size();
  }

  /** Connections there have been since the start. */
  public int accepted() {
    return accepted.get();
  }

  /** Resets every open connection on both sides; new ones may come. */
  public void cut() {
    open.forEach(Connection::reset);
  }

  /** Tells the callers of all open connections that the target has nothing more to say. */
  public void halfClose() throws IOException {
    for (Connection connection : open) {
      connection.halfClose();
    }
  }

  /** Ends every fault; what was held back flows on in order. */
  public void heal() {
    up.heal();
    down.heal();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    heal();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().name(name).start(() -> serve(caller));
      } catch (IOException e) {
        // Closed, or the caller was gone before it was accepted: the condition above decides.
      }
    }
  }

  private void serve(Socket caller) {
    Socket onward = new Socket();
    Connection connection = new Connection(caller, onward);
    open.add(connection);
    try {
      onward.connect(target, (int) CONNECT_TIMEOUT.toMillis());
      caller.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      connection.pump(up, down);
    } catch (IOException e) {
      // The target does not listen: the caller learns it as it would without us.
      connection.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connection.reset();
      open.remove(connection);
    }
  }
}
