package dev.scriptorium.loadtest.chaos;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.scriptorium.loadtest.chaos.check.Intent;
import dev.scriptorium.loadtest.chaos.plugin.ChaosHandler;
import dev.scriptorium.loadtest.chaos.plugin.Orders;
import dev.scriptorium.loadtest.chaos.plugin.Poison;
import dev.scriptorium.v1.KeyLimit;
import dev.scriptorium.v1.NewJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes up jobs: 70 % short, 1 % of eight seconds and 19 % of a second or two with checkpoints, 8 %
 * with memory, the rest poison. Same seed, same jobs. Not thread-safe.
 */
final class JobMix {
  private static final int KEYS = 3;
  private static final int MEBIBYTE = 1 << 20;
  private static final long WORK_SECONDS = 120;
  // An endless one holds a runner for so long, three times; the others are over before.
  private static final long POISON_SECONDS = 15;

  private final RandomGenerator random;
  private final Path traces;
  private final Set<Guard> without;
  private int number;

  /** A job, and what its submitter expects of it. */
  record Wanted(Intent intent, NewJob job) {}

  /**
   * @param traces folder that runners write to
   * @param without guards that the jobs leave out
   */
  JobMix(RandomGenerator random, Path traces, Set<Guard> without) {
    this.random = random;
    this.traces = traces;
    this.without = without;
  }

  /**
   * The next job.
   *
   * @param prefix of its name, unique to the caller
   * @param poison poison that may come up now; empty for none
   */
  Wanted next(String prefix, List<Poison> poison) {
    String name = prefix + "-" + number++;
    int dice = random.nextInt(100);
    if (dice < 70) {
      return work(name, "", 1, 5 + random.nextInt(45), 0);
    }
    // More of them only when one that begins anew has to be found.
    if (dice < (without.contains(Guard.CHECKPOINT) ? 73 : 71)) {
      return work(name, "", 20, 400, 0);
    }
    if (dice < 90) {
      return work(name, "", 2 + random.nextInt(4), 100 + random.nextInt(300), 0);
    }
    if (dice < 98 || poison.isEmpty()) {
      return work(name, "", 1, 50 + random.nextInt(200), 32 * MEBIBYTE);
    }
    return poison(name, poison.get(random.nextInt(poison.size())));
  }

  /** A job whose key lets one run at a time; all of a key have to go to one server. */
  Wanted keyed(String prefix, String server) {
    String key = server + "-key-" + random.nextInt(KEYS);
    return work(prefix + "-" + number++, key, 1, 10 + random.nextInt(60), 0);
  }

  /** A job that does harm. */
  Wanted poison(String name, Poison poison) {
    Orders orders = new Orders(name, traces.toString(), 1, 0, 0, false);
    Intent intent = new Intent(name, poison.kind(), "", poison.endings(), poison.cause(), 1, 0);
    return new Wanted(intent, job(poison.kind(), orders, Optional.empty(), POISON_SECONDS));
  }

  private Wanted work(String name, String key, int steps, long stepMillis, int memory) {
    Orders orders =
        new Orders(
            name, traces.toString(), steps, stepMillis, memory, without.contains(Guard.CHECKPOINT));
    Intent intent =
        new Intent(name, ChaosHandler.WORK, key, List.of("SUCCEEDED"), "", steps, stepMillis);
    Optional<String> limit =
        key.isEmpty() || without.contains(Guard.KEY_LIMIT) ? Optional.empty() : Optional.of(key);
    return new Wanted(intent, job(ChaosHandler.WORK, orders, limit, WORK_SECONDS));
  }

  private static NewJob job(
      String kind, Orders orders, Optional<String> key, long deadlineSeconds) {
    NewJob.Builder job =
        NewJob.newBuilder()
            .setKind(kind)
            .setPayload(ByteString.copyFrom(orders.payload()))
            .setDeadline(Duration.newBuilder().setSeconds(deadlineSeconds));
    key.ifPresent(k -> job.setLimit(KeyLimit.newBuilder().setKey(k).setConcurrency(1)));
    return job.build();
  }
}
