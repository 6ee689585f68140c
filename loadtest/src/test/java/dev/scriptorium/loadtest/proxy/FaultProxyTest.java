package dev.scriptorium.loadtest.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.loadtest.system.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final int QUIET_MILLIS = 300;

  private final AtomicInteger heard = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private ServerSocket echo;

  @SuppressWarnings("NullAway.Init")
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::serve);
    InetSocketAddress target =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort());
    proxy = FaultProxy.start("test", target, new SplittableRandom(1));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void bytesPassUnchanged() throws IOException {
    try (Socket caller = connect()) {
      byte[] sent = new byte[1_000_000];
      new SplittableRandom(7).nextBytes(sent);
      Thread.startVirtualThread(() -> write(caller, sent));

      assertThat(caller.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
    }
  }

  @Test
  void delayIsKept() throws IOException {
    try (Socket caller = connect()) {
      proxy.up().delay(Duration.ofMillis(200), Duration.ZERO);
      long start = System.nanoTime();

      write(caller, new byte[] {1});

      assertThat(caller.getInputStream().read()).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
    }
  }

  @Test
  void aSlowLineIsSlow() throws IOException {
    try (Socket caller = connect()) {
      proxy.down().limit(100_000);
      long start = System.nanoTime();

      Thread.startVirtualThread(() -> write(caller, new byte[50_000]));

      assertThat(caller.getInputStream().readNBytes(50_000)).hasSize(50_000);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
    }
  }

  @Test
  void whatIsHeldFlowsOnAfterHealing() throws IOException {
    try (Socket caller = connect()) {
      proxy.up().hold();
      write(caller, new byte[] {1, 2, 3});
      caller.setSoTimeout(QUIET_MILLIS);
      assertThatThrownBy(() -> caller.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.heal();

      caller.setSoTimeout((int) BOUND.toMillis());
      assertThat(caller.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void oneDirectionAloneCanBeHeld() throws IOException {
    try (Socket caller = connect()) {
      proxy.down().hold();

      write(caller, new byte[] {1});

      Await.until("the target hears it", BOUND, () -> heard.get() == 1);
      caller.setSoTimeout(QUIET_MILLIS);
      assertThatThrownBy(() -> caller.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aLostReplyWasHeardByTheTarget() throws IOException {
    try (Socket caller = connect()) {
      proxy.down().cutAfter(0);

      write(caller, new byte[] {1});

      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(IOException.class);
      assertThat(heard).hasValue(1);
      assertThat(proxy.down().armed()).isFalse();
    }
    try (Socket next = connect()) {
      write(next, new byte[] {2});
      assertThat(next.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void aReplyIsLostThatIsRecognised() throws IOException {
    proxy.down().cutBefore(new byte[] {7, 8});
    try (Socket caller = connect()) {
      write(caller, new byte[] {7});
      assertThat(caller.getInputStream().read()).isEqualTo(7);

      write(caller, new byte[] {6, 7, 8, 9});

      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(IOException.class);
      assertThat(heard).hasValue(5);
      assertThat(proxy.down().armed()).isFalse();
    }
  }

  @Test
  void aCutResetsBothSides() throws IOException {
    try (Socket caller = connect()) {
      write(caller, new byte[] {1});
      assertThat(caller.getInputStream().read()).isEqualTo(1);

      proxy.cut();

      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(IOException.class);
      Await.until("no connection is left", BOUND, () -> proxy.connections() == 0);
    }
  }

  @Test
  void halfClosedCallersStillSpeak() throws IOException {
    try (Socket caller = connect()) {
      Await.until("the connection", BOUND, () -> proxy.connections() == 1);
      proxy.halfClose();
      assertThat(caller.getInputStream().read()).isEqualTo(-1);

      write(caller, new byte[] {1});

      Await.until("the target hears it", BOUND, () -> heard.get() == 1);
      // Its answer is lost, and the next word still arrives.
      write(caller, new byte[] {2});
      Await.until("the target hears more", BOUND, () -> heard.get() == 2);
    }
  }

  @Test
  void aConnectionMayBeHalfClosedBeforeAnythingFlows() throws IOException, InterruptedException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket caller = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept();
        Socket onward = new Socket(InetAddress.getLoopbackAddress(), echo.getLocalPort())) {
      Connection connection = new Connection(accepted, onward);

      connection.halfClose();
      Thread pump = Thread.startVirtualThread(() -> pump(connection));
      write(caller, new byte[] {1, 2, 3});

      Await.until("the target hears it", BOUND, () -> heard.get() == 3);
      assertThat(caller.getInputStream().read()).isEqualTo(-1);
      connection.reset();
      assertThat(pump.join(BOUND)).isTrue();
    }
  }

  private static void pump(Connection connection) {
    Direction free = new Direction(new SplittableRandom(1));
    try {
      connection.pump(free, free);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread.startVirtualThread(() -> answer(socket));
      } catch (IOException e) {
        // Closed at the end of the test.
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      byte[] buffer = new byte[65536];
      int length = socket.getInputStream().read(buffer);
      while (length >= 0) {
        heard.addAndGet(length);
        socket.getOutputStream().write(buffer, 0, length);
        length = socket.getInputStream().read(buffer);
      }
    } catch (IOException e) {
      // A fault of the proxy: each test looks at the caller's side.
      return;
    }
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
