package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.Effect;
import dev.scriptorium.server.jobs.schedule.Entry;
import dev.scriptorium.server.jobs.schedule.History;
import dev.scriptorium.server.jobs.schedule.JobClass;
import dev.scriptorium.server.jobs.schedule.Scheduler;
import dev.scriptorium.server.jobs.schedule.Standing;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The server's memory of unfinished jobs: one lock around the scheduler, and what it wants done
 * handed on in order. Thread-safe; no call waits for anything but the lock.
 */
final class LiveJobs {
  private static final int MOST_UNFLUSHED = 1000;

  private final Scheduler scheduler;
  private final JobSettings settings;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Job> jobs = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> ofOwner = new HashMap<>();
  private final Queue<Effect> outbox = new ConcurrentLinkedQueue<>();
  private final ReentrantLock delivering = new ReentrantLock();
  private volatile @Nullable Doer doer;
  private int nested;

  /** Does as the scheduler wants; returns at once. */
  interface Doer extends Consumer<Effect> {
    /** Nothing more is wanted for now. */
    void flush();
  }

  LiveJobs(Scheduler scheduler, JobSettings settings, InstantSource clock) {
    this.scheduler = scheduler;
    this.settings = settings;
    this.clock = clock;
  }

  /** Connects what does as the scheduler wants; until then it gathers. */
  void connect(Doer one) {
    doer = one;
    deliver();
  }

  /** Changes something, then lets the scheduler make offers and what follows. */
  <T> T change(Function<Scheduler, T> work) {
    T result = changeQuietly(work);
    deliver();
    return result;
  }

  private <T> T changeQuietly(Function<Scheduler, T> work) {
    lock.lock();
    try {
      T result = work.apply(scheduler);
      if (nested == 0) {
        match();
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void match() {
    scheduler.match(clock.instant());
    outbox.addAll(scheduler.effects());
  }

  /** Changes several things, then lets the scheduler make offers and what follows, once. */
  void together(Runnable work) {
    lock.lock();
    try {
      nested++;
      try {
        work.run();
      } finally {
        nested--;
      }
      if (nested == 0) {
        match();
      }
    } finally {
      lock.unlock();
    }
    deliver();
  }

  /** Changes something, then lets the scheduler make offers and what follows. */
  void run(Consumer<Scheduler> work) {
    change(
        s -> {
          work.accept(s);
          return s;
        });
  }

  /** Looks at something. */
  <T> T look(Function<Scheduler, T> work) {
    lock.lock();
    try {
      return work.apply(scheduler);
    } finally {
      lock.unlock();
    }
  }

  // Whoever finds nobody delivering delivers for all, so that effects keep their order.
  private void deliver() {
    Doer one = doer;
    if (one == null || lock.isHeldByCurrentThread()) {
      return;
    }
    while (!outbox.isEmpty() && delivering.tryLock()) {
      try {
        int unflushed = 0;
        for (Effect next = outbox.poll(); next != null; next = outbox.poll()) {
          one.accept(next);
          if (++unflushed == MOST_UNFLUSHED) {
            one.flush();
            unflushed = 0;
          }
        }
        one.flush();
      } finally {
        delivering.unlock();
      }
    }
  }

  /**
   * Takes in jobs that are being written.
   *
   * @return jobs they wait for that are not in memory
   * @throws BacklogFullException when there would be too many, unless {@code unlimited}
   */
  Set<Long> register(List<Job> added, Map<Long, History> histories, boolean unlimited) {
    lock.lock();
    try {
      if (!unlimited) {
        checkRoom(added);
      }
      for (Job job : added) {
        jobs.put(job.id(), job);
        ofOwner.merge(job.owner(), 1, Integer::sum);
      }
      return scheduler.register(
          added.stream()
              .map(job -> entry(job, histories.getOrDefault(job.id(), History.NONE)))
              .toList());
    } finally {
      lock.unlock();
    }
  }

  private void checkRoom(List<Job> added) {
    if (jobs.size() + added.size() > settings.maxJobs()) {
      throw new BacklogFullException("all owners together", settings.maxJobs());
    }
    Map<UUID, Integer> more = new HashMap<>();
    added.forEach(job -> more.merge(job.owner(), 1, Integer::sum));
    more.forEach(
        (owner, count) -> {
          if (ofOwner.getOrDefault(owner, 0) + count > settings.maxJobsOfOwner()) {
            throw new BacklogFullException("this owner", settings.maxJobsOfOwner());
          }
        });
  }

  private Entry entry(Job job, History history) {
    KindRule rule = settings.kind(job.kind());
    return new Entry(
        job.id(),
        job.owner(),
        job.book(),
        new JobClass(job.kind(), job.mediaType()),
        job.tier(),
        job.after(),
        Math.max(rule.memoryBytes(), job.terms().memoryBytes()),
        rule.deadline(job),
        job.terms().priority(),
        job.terms().notBefore(),
        job.terms().limit(),
        job.terms().inputBytes(),
        history);
  }

  /** Forgets jobs whose transaction was rolled back. */
  void abandon(List<Long> ids) {
    lock.lock();
    try {
      scheduler.abandon(ids);
      ids.forEach(this::forget);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets jobs that have ended. */
  void forget(List<Long> ids) {
    lock.lock();
    try {
      ids.forEach(this::forget);
    } finally {
      lock.unlock();
    }
  }

  private void forget(long id) {
    Job job = jobs.remove(id);
    if (job != null) {
      ofOwner.computeIfPresent(job.owner(), (owner, count) -> count == 1 ? null : count - 1);
    }
  }

  /** A job in memory. */
  Optional<Job> find(long id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** What can be seen of a job in memory. */
  Optional<Standing> standing(long id) {
    return look(s -> s.look(id));
  }

  /** Why a job waits, as one sentence; empty when only for its turn or when it does not wait. */
  String whyWaiting(long id) {
    return look(s -> s.whyWaiting(id, clock.instant()));
  }

  /** Committed jobs in memory that meet a condition, with what can be seen of them. */
  Map<Job, Standing> standings(Predicate<Job> wanted) {
    List<Job> some = new ArrayList<>();
    jobs.values().stream().filter(wanted).forEach(some::add);
    return look(
        s -> {
          Map<Job, Standing> found = new HashMap<>();
          for (Job job : some) {
            s.look(job.id())
                .filter(standing -> States.isCommitted(standing.phase()))
                .ifPresent(standing -> found.put(job, standing));
          }
          return found;
        });
  }

  /** True when a connected worker can do this kind of work. */
  boolean anyCan(String kind, String mediaType) {
    return look(s -> s.anyCan(new JobClass(kind, mediaType)));
  }

  /** True while the attempt may read its inputs and store results. */
  boolean underWay(AttemptKey attempt) {
    return look(s -> s.underWay(attempt));
  }
}
