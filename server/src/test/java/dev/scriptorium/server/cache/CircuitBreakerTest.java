package dev.scriptorium.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.FakeClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock(Instant.parse("2030-01-01T00:00:00Z"));
  private final CircuitBreaker breaker =
      new CircuitBreaker(3, SECOND, Duration.ofSeconds(4), clock);

  @Test
  void itOpensAfterThreeFailuresInARow() {
    fail(2);
    assertThat(breaker.allows()).isTrue();
    fail(1);

    assertThat(breaker.allows()).isFalse();
  }

  @Test
  void aSuccessInBetweenStartsTheCountAgain() {
    fail(2);
    breaker.succeeded();
    fail(2);

    assertThat(breaker.allows()).isTrue();
  }

  @Test
  void oneCallerAPauseIsLetThrough() {
    fail(3);
    clock.advance(SECOND);

    assertThat(breaker.allows()).isTrue();
    assertThat(breaker.allows()).isFalse();
  }

  @Test
  void thePauseDoublesUpToItsCeiling() {
    fail(3);
    for (int seconds : new int[] {1, 2, 4, 4}) {
      clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(breaker.allows()).isFalse();
      clock.advance(Duration.ofMillis(1));
      assertThat(breaker.allows()).isTrue();
      fail(1);
    }
  }

  @Test
  void anAnswerClosesIt() {
    fail(3);
    clock.advance(SECOND);
    breaker.succeeded();

    assertThat(breaker.allows()).isTrue();
    assertThat(breaker.open()).isFalse();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }
}
