package dev.scriptorium.loadtest.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One caller and its way to the target. */
final class Connection {
  private static final int PIECE = 16 * 1024;
  // What may be under way on a slow line, 4 MiB.
  private static final int PIECES = 256;

  private final Socket caller;
  private final Socket onward;
  private final CountDownLatch closed = new CountDownLatch(1);
  // Set before the caller's output is shut down: whoever fails to write then knows why.
  private volatile boolean callerDeaf;

  Connection(Socket caller, Socket onward) {
    this.caller = caller;
    this.onward = onward;
  }

  /** Carries bytes both ways until one side resets or both have ended. */
  void pump(Direction up, Direction down) throws InterruptedException {
    Thread upward = Thread.startVirtualThread(() -> carry(caller, onward, up));
    carry(onward, caller, down);
    upward.join();
  }

  /** Ends both sockets at once with a reset. */
  void reset() {
    closed.countDown();
    resetOne(caller);
    resetOne(onward);
  }

  /**
   * Ends what the caller hears, and nothing else: what it says still arrives, and what the target
   * says is lost. May come before {@link #pump}.
   */
  void halfClose() throws IOException {
    callerDeaf = true;
    endOutput(caller);
  }

  private void carry(Socket from, Socket to, Direction direction) {
    BlockingQueue<Piece> line = new ArrayBlockingQueue<>(PIECES);
    Thread deliverer = Thread.startVirtualThread(() -> deliver(line, to, direction));
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[PIECE];
      int length = in.read(buffer);
      while (length >= 0) {
        long due = direction.dueNanos(System.nanoTime());
        line.put(new Piece(Arrays.copyOf(buffer, length), due, false));
        length = in.read(buffer);
      }
      line.put(Piece.END);
      deliverer.join();
    } catch (IOException e) {
      // One side was reset; so is the other.
      reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      deliverer.interrupt();
    }
  }

  private void deliver(BlockingQueue<Piece> line, Socket to, Direction direction) {
    try {
      for (Piece piece = line.take(); !piece.last(); piece = line.take()) {
        waitNanos(piece.due() - System.nanoTime());
        direction.awaitFlow();
        int length = direction.untilCut(piece.bytes());
        write(to, piece.bytes(), length);
        if (length < piece.bytes().length) {
          reset();
          return;
        }
        waitNanos(direction.busyNanos(length));
      }
      direction.awaitFlow();
      endOutput(to);
    } catch (IOException e) {
      reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // A socket whose output is shut down gives no stream and takes no byte. For a deaf caller that is
  // no reset: the other direction goes on.
  private void write(Socket to, byte[] bytes, int length) throws IOException {
    try {
      to.getOutputStream().write(bytes, 0, length);
    } catch (IOException e) {
      if (!deaf(to)) {
        throw e;
      }
    }
  }

  private boolean deaf(Socket to) {
    return callerDeaf && to.equals(caller);
  }

  // Twice is an error to the socket, and both sides may end it.
  private static void endOutput(Socket socket) throws IOException {
    synchronized (socket) {
      if (!socket.isClosed() && !socket.isOutputShutdown()) {
        socket.shutdownOutput();
      }
    }
  }

  private void waitNanos(long nanos) throws InterruptedException, IOException {
    if (nanos > 0 && closed.await(nanos, TimeUnit.NANOSECONDS)) {
      throw new IOException("reset while bytes were under way");
    }
  }

  private static void resetOne(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // Closed by the other thread in between: that is what was wanted.
    }
  }

  /** Bytes under way. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(byte[] bytes, long due, boolean last) {
    static final Piece END = new Piece(new byte[0], 0, true);
  }
}
