package dev.scriptorium.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long now;
  private final RateLimit limit = new RateLimit(10, Duration.ofSeconds(1), 20, () -> now);

  @Test
  void whatABucketHoldsMayBeTakenAtOnceAndThenFlowsIn() {
    assertThat(limit.take("a", 20)).isZero();
    assertThat(limit.take("a", 5)).isEqualTo(Duration.ofMillis(500));

    now += TimeUnit.MILLISECONDS.toNanos(500);

    assertThat(limit.take("a", 5)).isZero();
    assertThat(limit.take("a", 1)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void bucketsAreApartAndNeverOverflow() {
    limit.take("a", 20);
    assertThat(limit.take("b", 20)).isZero();

    now += TimeUnit.HOURS.toNanos(1);

    assertThat(limit.take("a", 20)).isZero();
    assertThat(limit.take("a", 1)).isPositive();
  }

  @Test
  void aCallThatCostsMoreThanABucketHoldsWaitsForAFullOne() {
    assertThat(limit.take("a", 1000)).isZero();
    assertThat(limit.take("a", 1000)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void lookingTakesNothing() {
    assertThat(limit.untilNext("a")).isZero();
    limit.take("a", 20);
    assertThat(limit.untilNext("a")).isEqualTo(Duration.ofMillis(100));
    assertThat(limit.untilNext("a")).isEqualTo(Duration.ofMillis(100));
  }
}
