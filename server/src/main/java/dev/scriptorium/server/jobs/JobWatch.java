package dev.scriptorium.server.jobs;

import dev.scriptorium.v1.Job.State;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes those who follow a job when it changes. Thread-safe. */
final class JobWatch implements JobListener {
  private final Map<Long, Set<Follower>> followers = new ConcurrentHashMap<>();

  @Override
  public void changed(Job job, State state, int percent, String activity) {
    followers.getOrDefault(job.id(), Set.of()).forEach(Follower::wake);
  }

  /** Begins to follow; to be closed. */
  Follower follow(long job) {
    Follower follower = new Follower(job);
    followers.compute(
        job,
        (id, others) -> {
          Set<Follower> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(follower);
          return all;
        });
    return follower;
  }

  /** Somebody who follows a job. Changes while nobody waits are remembered as one. */
  final class Follower implements AutoCloseable {
    private final long job;
    private final Semaphore changes = new Semaphore(0);

    private Follower(long job) {
      this.job = job;
    }

    /** Ends the wait as if the job had changed. */
    void wake() {
      changes.release();
    }

    /** Waits for a change; returns also when none came for a while. */
    void await(Duration atMost) throws InterruptedException {
      if (changes.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        changes.drainPermits();
      }
    }

    @Override
    public void close() {
      followers.computeIfPresent(
          job,
          (id, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
