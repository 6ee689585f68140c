package dev.scriptorium.worker.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpareHeapTest {
  private static final long MIB = 1 << 20;

  private final AtomicLong young = new AtomicLong();
  private final AtomicLong old = new AtomicLong();
  private final AtomicInteger collections = new AtomicInteger();
  private long lasting = 20 * MIB;

  private final SpareHeap heap =
      new SpareHeap(
          100 * MIB,
          () -> young.get() + old.get(),
          old::get,
          () -> {
            collections.incrementAndGet();
            young.set(0);
            old.set(lasting);
          });

  private void stepThatLeaves(long bytes) {
    old.addAndGet(bytes);
    heap.look();
  }

  @Test
  void collectsWhenATenthOfTheHeapHasBecomeOld() {
    stepThatLeaves(10 * MIB);
    assertThat(collections).hasValue(0);

    stepThatLeaves(1);
    assertThat(collections).hasValue(1);
  }

  @Test
  void whatIsYoungIsLeftToTheCollector() {
    young.set(60 * MIB);

    stepThatLeaves(MIB);

    assertThat(collections).hasValue(0);
  }

  @Test
  void whatLastsIsNotCollectedForAgain() {
    lasting = 80 * MIB;
    stepThatLeaves(90 * MIB);

    for (int step = 0; step < 5; step++) {
      stepThatLeaves(2 * MIB);
    }

    assertThat(collections).hasValue(1);
  }

  @Test
  void whatHasBecomeOldInThisProcessIsKnown() {
    // The tests run with the collector of the runners.
    System.gc();

    assertThat(SpareHeap.oldBytes(-1)).isPositive();
  }
}
