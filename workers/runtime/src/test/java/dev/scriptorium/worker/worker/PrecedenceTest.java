package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.pool.EventLoop;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.Welcome;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is among servers. */
class PrecedenceTest {
  private final EventLoop loop = new EventLoop();
  private final CompletableFuture<Long> lapsed = new CompletableFuture<>();
  private final Precedence precedence =
      new Precedence(loop, () -> lapsed.complete(System.nanoTime()));
  private final ServerLink one = link();
  private final ServerLink two = link();

  @AfterEach
  void close() {
    one.close();
    two.close();
    loop.close();
  }

  @Test
  void whoClaimsFirstComesFirst() {
    int[] before =
        onLoop(
            () -> {
              precedence.claim(two);
              precedence.claim(one);
              return new int[] {precedence.before(one), precedence.before(two)};
            });

    assertThat(before).containsExactly(1, 0);
  }

  @Test
  void aClaimIsKeptUntilItsServerIsTold() throws Exception {
    onLoop(
        () -> {
          precedence.claim(one);
          return null;
        });

    Thread.sleep(Precedence.KEPT.plusMillis(50));

    assertThat(onLoop(() -> precedence.before(two))).isEqualTo(1);
    assertThat(lapsed).isNotDone();
  }

  @Test
  void aClaimThatWasUsedAndMadeAnewHasItsWholeTime() throws Exception {
    onLoop(
        () -> {
          precedence.claim(one);
          precedence.told(one);
          return null;
        });
    Thread.sleep(Precedence.KEPT.dividedBy(2));
    long again =
        onLoop(
            () -> {
              precedence.settle(one);
              precedence.claim(one);
              precedence.told(one);
              return System.nanoTime();
            });

    assertThat(Duration.ofNanos(lapsed.join() - again))
        .isGreaterThanOrEqualTo(Precedence.KEPT.minusMillis(5));
    assertThat(onLoop(() -> precedence.before(two))).isZero();
  }

  private <T> T onLoop(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, loop).join();
  }

  private ServerLink link() {
    return new ServerLink(
        new ServerAddress("127.0.0.1:1", "127.0.0.1:1"),
        InsecureChannelCredentials.create(),
        FakeServer.KEY,
        loop,
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1)),
        new Unheard());
  }

  /** The links are never opened. */
  private static final class Unheard implements ServerLink.Listener {
    @Override
    public Hello hello() {
      return Hello.getDefaultInstance();
    }

    @Override
    public void welcomed(ServerLink link, Welcome welcome) {
      throw new AssertionError("nobody answers");
    }

    @Override
    public void said(ServerLink link, ServerMessage message) {
      throw new AssertionError("nobody speaks");
    }

    @Override
    public void lost(ServerLink link) {
      throw new AssertionError("nobody was there");
    }

    @Override
    public void refused(ServerLink link, Status status) {
      throw new AssertionError("nobody refuses");
    }
  }
}
