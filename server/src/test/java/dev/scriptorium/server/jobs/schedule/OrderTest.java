package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is next: tiers, priorities with age, owners in turn. */
class OrderTest {
  private final Desk desk = new Desk(1);

  @Test
  void oneJobIsNotBehindTenThousandOfAnother() {
    desk.add(10_000, TestJob.of("parse").of(1));
    desk.worker("w", 1, 1000);
    List<Long> first = desk.run();
    long lone = desk.add(TestJob.of("parse").of(2));

    first.forEach(desk::succeed);

    assertThat(desk.run()).containsExactly(lone);
  }

  @Test
  void anotherKindOfTheSameOwnersIsNoWayAround() {
    desk.add(10_000, TestJob.of("parse").of(1));
    desk.worker("w", 1, 1000);
    List<Long> first = desk.run();
    long lone = desk.add(TestJob.of("scan").of(2));

    first.forEach(desk::succeed);

    assertThat(desk.run()).containsExactly(lone);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ownersShareTimeNotNumbersOfJobs(long seed) {
    Desk busy = new Desk(seed);
    busy.teach("parse", 0, 10, 10);
    busy.teach("noop", 0, 10, 1);
    busy.add(500, TestJob.of("parse").of(1));
    busy.add(2000, TestJob.of("noop").of(2));
    busy.worker("w", 1, 1000);

    Map<Boolean, Double> seconds = new HashMap<>();
    for (int i = 0; i < 1100; i++) {
      for (long job : busy.run()) {
        boolean isLong = job <= 500;
        seconds.merge(isLong, isLong ? 10.0 : 1.0, Double::sum);
        busy.succeed(job);
      }
    }

    double share = seconds.getOrDefault(true, 0.0) / seconds.getOrDefault(false, 1.0);
    assertThat(share).isBetween(0.9, 1.1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void manyOwnersGetAsMuch(long seed) {
    Desk busy = new Desk(seed);
    Map<Long, Integer> ownerOf = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      int owner = busy.random.nextInt(10) < 7 ? 1 : 2 + busy.random.nextInt(9);
      ownerOf.put(busy.add(TestJob.of("parse").of(owner)), owner);
    }
    busy.worker("w", 3, 1000);
    Map<Integer, Integer> served = new HashMap<>();

    for (int i = 0; i < 100; i++) {
      List<Long> started = busy.run();
      started.forEach(job -> served.merge(ownerOf.getOrDefault(job, 0), 1, Integer::sum));
      started.forEach(busy::succeed);
    }

    // The first has 2,100 of the 3,000 and gets a tenth of what is done, as the others do.
    assertThat(served.values()).hasSize(10).allMatch(count -> count >= 29 && count <= 31);
  }

  @Test
  void whoComesLaterHasSavedNothingUp() {
    desk.add(100, TestJob.of("parse").of(1));
    desk.worker("w", 1, 1000);
    assertThat(inOrder(50)).hasSize(50);
    desk.add(50, TestJob.of("parse").of(2));

    assertThat(inOrder(20)).filteredOn(job -> job <= 100).hasSizeBetween(9, 11);
  }

  @Test
  void lowerTiersComeFirstWhateverThePriority() {
    long late = desk.add(TestJob.of("parse").tier(3).priority(100));
    long soon = desk.add(TestJob.of("scan").tier(1));
    desk.worker("w", 1, 1000);

    assertThat(inOrder(2)).containsExactly(soon, late);
  }

  @Test
  void higherPriorityComesFirst() {
    long low = desk.add(TestJob.of("parse"));
    long high = desk.add(TestJob.of("parse").of(2).priority(50));
    desk.worker("w", 1, 1000);

    assertThat(inOrder(2)).containsExactly(high, low);
  }

  @Test
  void whatWaitsRisesByOneEveryTenSeconds() {
    long old = desk.add(TestJob.of("parse"));
    desk.now = desk.now.plusSeconds(505);
    long fresh = desk.add(TestJob.of("parse").of(2).priority(50));
    long higher = desk.add(TestJob.of("parse").of(2).priority(52));
    desk.worker("w", 1, 1000);

    assertThat(inOrder(3)).containsExactly(higher, old, fresh);
  }

  @Test
  void nothingStarvesUnderAStreamOfHighPriority() {
    long low = desk.add(TestJob.of("parse"));
    desk.worker("w", 1, 1000);

    for (int i = 0; i < 1010; i++) {
      desk.add(TestJob.of("parse").of(2).priority(100));
      desk.now = desk.now.plusSeconds(1);
      desk.run().forEach(desk::succeed);
    }
    desk.run();

    assertThat(desk.ended).containsKey(low);
  }

  @Test
  void aJobWaitsForItsTime() {
    long later = desk.add(TestJob.of("parse").notBefore(desk.now.plusSeconds(5)));
    desk.worker("w", 1, 1000);

    assertThat(desk.run()).isEmpty();
    assertThat(desk.scheduler.nextWake(desk.now)).isEqualTo(desk.now.plusSeconds(5));
    assertThat(desk.pass(Duration.ofMillis(4900))).isEmpty();
    assertThat(desk.pass(Duration.ofMillis(100))).containsExactly(later);
  }

  private List<Long> inOrder(int count) {
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (long job : desk.run()) {
        order.add(job);
        desk.succeed(job);
      }
    }
    return order;
  }
}
