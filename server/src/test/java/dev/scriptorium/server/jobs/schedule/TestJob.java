package dev.scriptorium.server.jobs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job to be: what matters to a test, and usual values for the rest. */
record TestJob(
    String kind,
    long owner,
    int tier,
    int priority,
    long mib,
    long inputBytes,
    Instant notBefore,
    @Nullable KeyLimit limit,
    List<Long> after) {
  static TestJob of(String kind) {
    return new TestJob(kind, 1, 3, 0, 16, 0, Instant.EPOCH, null, List.of());
  }

  TestJob of(long other) {
    return new TestJob(kind, other, tier, priority, mib, inputBytes, notBefore, limit, after);
  }

  TestJob tier(int other) {
    return new TestJob(kind, owner, other, priority, mib, inputBytes, notBefore, limit, after);
  }

  TestJob priority(int other) {
    return new TestJob(kind, owner, tier, other, mib, inputBytes, notBefore, limit, after);
  }

  TestJob mib(long other) {
    return new TestJob(kind, owner, tier, priority, other, inputBytes, notBefore, limit, after);
  }

  TestJob reading(long other) {
    return new TestJob(kind, owner, tier, priority, mib, other, notBefore, limit, after);
  }

  TestJob notBefore(Instant other) {
    return new TestJob(kind, owner, tier, priority, mib, inputBytes, other, limit, after);
  }

  TestJob key(String key, int concurrency, int startsPerMinute) {
    KeyLimit other = new KeyLimit(key, concurrency, startsPerMinute);
    return new TestJob(kind, owner, tier, priority, mib, inputBytes, notBefore, other, after);
  }

  TestJob after(Long... jobs) {
    return new TestJob(
        kind, owner, tier, priority, mib, inputBytes, notBefore, limit, List.of(jobs));
  }

  Entry entry(long id) {
    return new Entry(
        id,
        new UUID(0, owner),
        new UUID(1, 1),
        new JobClass(kind, Desk.MEDIA),
        tier,
        after,
        mib * Desk.MIB,
        Duration.ofHours(1),
        priority,
        notBefore,
        limit,
        inputBytes,
        History.NONE);
  }
}
