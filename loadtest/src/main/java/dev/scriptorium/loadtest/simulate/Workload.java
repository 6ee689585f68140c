package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.Terms;
import dev.scriptorium.server.jobs.schedule.KeyLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the jobs of a schedule. */
final class Workload {
  private static final List<UUID> OWNERS = List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3));
  private static final int BOOKS = 4;

  private static final int RIVAL_MILLIS = 100;
  private static final int RIVAL_PRIORITY = 50;

  private final World world;

  // Some schedules are about keys, most are not.
  private final double limited;

  Workload(World world) {
    this.world = world;
    this.limited = world.chance(0.3) ? 0.8 : 0.3;
  }

  /**
   * Some jobs that are committed together.
   *
   * @param known committed jobs that they may wait for
   */
  List<NewJob> batch(List<Long> known) {
    List<NewJob> batch = new ArrayList<>();
    UUID owner = OWNERS.get(world.random.nextInt(OWNERS.size()));
    int size = world.upTo(4);
    for (int i = 1; i <= size; i++) {
      List<Long> after = new ArrayList<>();
      if (i > 1 && world.chance(0.4)) {
        after.add((long) -world.upTo(i - 1));
      }
      if (!known.isEmpty() && world.chance(0.2)) {
        after.add(known.get(world.random.nextInt(known.size())));
      }
      UUID book =
          world.random.nextBoolean() ? Job.NO_BOOK : new UUID(2, world.random.nextInt(BOOKS));
      batch.add(job(owner, book, nature(), duration(), after, limit()));
    }
    return batch;
  }

  private Nature nature() {
    return switch (world.random.nextInt(20)) {
      case 0, 1 -> Nature.POISON;
      case 2 -> Nature.BROKEN;
      case 3, 4 -> Nature.FLAKY;
      case 5 -> Nature.ENDLESS;
      case 6, 7 -> Nature.FERTILE;
      default -> Nature.HONEST;
    };
  }

  private int duration() {
    return world.chance(0.2) ? world.upTo(60) * 50 : world.upTo(8) * 50;
  }

  private @Nullable KeyLimit limit() {
    int most = world.upTo(2);
    return world.chance(limited) ? new KeyLimit("at-most-" + most, most, 0) : null;
  }

  /**
   * Jobs of one of two owners who compete. They have a priority of their own, and are alike.
   *
   * @param rival 1 or 2
   */
  List<NewJob> rivals(int rival, int count) {
    UUID owner = OWNERS.get(world.variant == Variant.FAIRNESS_OFF ? 0 : rival);
    Terms terms =
        new Terms(
            RIVAL_PRIORITY,
            Instant.EPOCH,
            null,
            Duration.ZERO,
            0,
            0,
            "",
            Nature.ofRival(rival, RIVAL_MILLIS));
    NewJob job = new NewJob(owner, Job.NO_BOOK, "work", "text/plain", 2, 0, 0, List.of(), terms);
    return Collections.nCopies(count, job);
  }

  static NewJob job(
      UUID owner,
      UUID book,
      Nature nature,
      int millis,
      List<Long> after,
      @Nullable KeyLimit limit) {
    long memory = (100L << 20) * (1 + Math.floorMod(millis / 50, 6));
    return new NewJob(
        owner,
        book,
        "work",
        "text/plain",
        2,
        0,
        0,
        after,
        new Terms(
            millis % 3 == 0 ? 10 : 0,
            Instant.EPOCH,
            limit,
            Duration.ZERO,
            memory,
            0,
            "",
            nature.payload(millis)));
  }
}
