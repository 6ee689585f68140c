package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the jobs that have not ended and of the connected workers, and every rule on both.
 * After any call, {@link #match} and then {@link #effects} say what is to be done. Not thread-safe.
 */
public final class Scheduler {
  private final Retry retry;
  private final Patience patience;
  private final LongSupplier tokens;

  private final Map<Long, Task> tasks = new HashMap<>();
  private final Dependencies dependencies = new Dependencies();
  private final ReadyQueue ready = new ReadyQueue();
  private final Watchlist watch;
  private final Crew crew = new Crew();
  private List<Effect> effects = new ArrayList<>();
  private final Map<String, KindLimit> limits = new HashMap<>();
  private long arrivals;
  private boolean offering = true;

  /**
   * @param retry what follows an attempt's end
   * @param patience how long to wait for workers
   * @param tokens random numbers, never 0
   */
  public Scheduler(Retry retry, Patience patience, LongSupplier tokens) {
    this.retry = retry;
    this.patience = patience;
    this.watch = new Watchlist(patience);
    this.tokens = tokens;
  }

  // ---- jobs

  /**
   * Takes in jobs that are being written; nothing happens to them before {@link #commit}.
   *
   * @return jobs they wait for that are not in memory: the caller has to find out how those ended
   */
  public Set<Long> register(List<Entry> entries) {
    entries.forEach(entry -> tasks.put(entry.id(), new Task(entry)));
    Set<Long> unknown = new LinkedHashSet<>();
    for (Entry entry : entries) {
      Task task = task(entry.id());
      for (long before : entry.after()) {
        if (tasks.containsKey(before)) {
          dependencies.add(task, before);
        } else {
          unknown.add(before);
        }
      }
    }
    return unknown;
  }

  /** Says that a job waits for one that has failed for good: it will be {@link #overdue}. */
  public void doom(long job) {
    Task task = task(job);
    task.doomed = true;
    if (task.phase == Phase.BLOCKED) {
      watch.addDoomed(task);
    }
  }

  /** Says that an attempt of a registered job was started before this server knew of it. */
  public void resume(AttemptKey attempt, String worker, Instant startedAt, Instant awaitedUntil) {
    Task task = task(attempt.job());
    if (task.attempt() == attempt.attempt()) {
      task.token = attempt.token();
      task.worker = worker;
      task.at = startedAt;
      task.awaitedUntil = awaitedUntil;
    }
  }

  /** Says that the next attempt of a registered job may not start before a time. */
  public void delay(long job, Instant until) {
    task(job).at = until;
  }

  /** Lets registered jobs go their way. */
  public void commit(List<Long> jobs, Instant now) {
    for (long job : jobs) {
      Task task = task(job);
      if (task.token != 0) {
        task.phase = Phase.RUNNING;
        watch.addUnderWay(task);
        changed(task);
      } else if (task.doomed || !task.unmet.isEmpty()) {
        task.phase = Phase.BLOCKED;
        if (task.doomed) {
          watch.addDoomed(task);
        }
        changed(task);
      } else {
        park(task, task.at, now);
      }
    }
  }

  /** Forgets registered jobs: their transaction was rolled back. */
  public void abandon(List<Long> jobs) {
    for (long job : jobs) {
      Task task = tasks.get(job);
      if (task != null && task.phase == Phase.UNCOMMITTED) {
        forget(task);
        dependencies.ended(job);
      }
    }
  }

  /** True when the job is in memory: it has not ended, or its end is being written. */
  public boolean knows(long job) {
    return tasks.containsKey(job);
  }

  /** What can be seen of a job; empty for an unknown one. */
  public Optional<Standing> look(long job) {
    return Optional.ofNullable(tasks.get(job)).map(Task::standing);
  }

  /** True when some connected worker can do this kind of work. */
  public boolean anyCan(JobClass work) {
    return crew.anyCan(work);
  }

  /** Committed jobs that wait for this one, directly or through others, nearest first. */
  public List<Long> dependants(long job) {
    return dependencies.of(job);
  }

  // ---- workers

  /**
   * Seats a worker.
   *
   * @param seat number of the connection, never used twice
   * @param held attempts it says it runs, or whose end it has not seen acknowledged
   */
  public Reclaimed join(
      long seat, String worker, List<JobClass> abilities, List<AttemptKey> held, Instant now) {
    crew.add(new Seat(seat, worker, abilities));
    Reclaimed reclaimed = reclaim(seat, held, now);
    // It would have told of what it still runs.
    watch.expectNoMore(worker, now);
    return reclaimed;
  }

  /** A seated worker holds attempts whose server it cannot reach. */
  public Reclaimed reclaim(long seat, List<AttemptKey> keys, Instant now) {
    Seat place = crew.find(seat).orElseThrow(() -> new IllegalArgumentException("no seat " + seat));
    List<AttemptKey> adopted = new ArrayList<>();
    List<AttemptKey> strange = new ArrayList<>();
    List<AttemptKey> unknown = new ArrayList<>();
    for (AttemptKey key : keys) {
      if (!tasks.containsKey(key.job())) {
        unknown.add(key);
      } else if (reclaim(place, key, now)) {
        adopted.add(key);
      } else {
        strange.add(key);
      }
    }
    return new Reclaimed(adopted, strange, unknown);
  }

  private boolean reclaim(Seat seat, AttemptKey key, Instant now) {
    Task task = tasks.get(key.job());
    if (task == null || task.attempt() != key.attempt()) {
      return false;
    }
    if (task.phase == Phase.RUNNING && task.is(key)) {
      if (task.seat != null) {
        task.seat.release(task);
      }
      task.awaitedUntil = Instant.MAX;
    } else if (task.phase == Phase.WAITING) {
      // It accepted, and the news of it got lost with a server or a stream.
      ready.remove(task);
      begin(task, key.token(), now);
      effects.add(new Effect.Started(key, seat.worker));
    } else {
      return false;
    }
    task.seat = seat;
    task.worker = seat.worker;
    seat.tasks.add(task);
    changed(task);
    return true;
  }

  private void begin(Task task, long token, Instant now) {
    task.phase = Phase.RUNNING;
    task.token = token;
    task.at = now;
    watch.addUnderWay(task);
  }

  /** Notes what a worker can take now. */
  public void heartbeat(long seat, int freeSlots, long freeMemoryBytes) {
    crew.find(seat).ifPresent(place -> place.heartbeat(freeSlots, freeMemoryBytes));
  }

  /** Unseats a worker; what it runs waits for it to come back for a while. */
  public void leave(long seat, Instant now) {
    crew.remove(seat)
        .ifPresent(
            place -> {
              for (Task task : List.copyOf(place.tasks)) {
                if (task.phase == Phase.OFFERED) {
                  withdraw(task);
                } else {
                  task.seat = null;
                  task.awaitedUntil = now.plus(patience.contact());
                }
              }
            });
  }

  /** What runs in a seat. */
  public List<Standing> attempts(long seat) {
    return crew.find(seat).map(Seat::running).orElse(List.of());
  }

  /** Makes no more offers. */
  public void stopOffering() {
    offering = false;
  }

  /** Offers what waits to whoever has room. */
  public void match(Instant now) {
    boolean any = offering;
    while (any) {
      any = false;
      for (Seat seat : crew.withRoom(now)) {
        Optional<Task> next = ready.poll(seat::can, task -> crew.suits(seat, task));
        next.ifPresent(task -> offer(task, seat, now));
        any |= next.isPresent();
      }
    }
  }

  private void offer(Task task, Seat seat, Instant now) {
    task.phase = Phase.OFFERED;
    task.token = tokens.getAsLong();
    task.seat = seat;
    task.at = now;
    seat.take(task);
    watch.addUnderWay(task);
    effects.add(
        new Effect.Offer(
            seat.id, task.key(), task.entry.memoryBytes(), task.history.crashes() > 0));
  }

  private void withdraw(Task task) {
    if (task.seat != null) {
      task.seat.release(task);
    }
    watch.remove(task);
    task.forgetAttempt();
    task.phase = Phase.WAITING;
    ready.addFirst(task);
  }

  // ---- attempts

  /**
   * A worker takes an offer.
   *
   * @return false when the offer is no longer open: the attempt is fenced
   */
  public boolean accept(long seat, AttemptKey key, Instant now) {
    Task task = tasks.get(key.job());
    if (task == null || !task.is(key) || task.seat == null || task.seat.id != seat) {
      return false;
    }
    if (task.phase == Phase.OFFERED) {
      begin(task, key.token(), now);
      task.worker = task.seat.worker;
      effects.add(new Effect.Started(key, task.worker));
      changed(task);
    }
    return true;
  }

  /** A worker refuses an offer, or it could not be made. */
  public void decline(long seat, AttemptKey key, Instant now) {
    Task task = tasks.get(key.job());
    if (task != null
        && task.phase == Phase.OFFERED
        && task.is(key)
        && task.seat != null
        && task.seat.id == seat) {
      task.seat.holdOff(now.plus(patience.holdOff()));
      withdraw(task);
    }
  }

  /**
   * Notes how far an attempt is; what goes back is ignored.
   *
   * @return false when the attempt is not under way: it is fenced
   */
  public boolean progress(AttemptKey key, int percent, String activity) {
    Task task = tasks.get(key.job());
    if (task == null || task.phase != Phase.RUNNING || !task.is(key)) {
      return false;
    }
    if (percent > task.percent || (percent == task.percent && !activity.equals(task.activity))) {
      task.percent = percent;
      task.activity = activity;
      changed(task);
    }
    return true;
  }

  /** True while the attempt may read its inputs and store results. */
  public boolean underWay(AttemptKey key) {
    Task task = tasks.get(key.job());
    return task != null
        && task.is(key)
        && (task.phase == Phase.OFFERED || task.phase == Phase.RUNNING);
  }

  /**
   * What would follow if the attempt ended now; changes nothing but the random numbers.
   *
   * @param token what the worker has shown; null when the server ends the attempt
   * @return empty when this attempt cannot end so: it has ended, or is another worker's
   */
  public Optional<Decision> decide(
      long job, int attempt, @Nullable Long token, Ending ending, boolean retryable, Instant now) {
    Task task = tasks.get(job);
    if (task == null || task.phase == Phase.UNCOMMITTED || task.attempt() != attempt) {
      return Optional.empty();
    }
    if (token != null && (task.phase != Phase.RUNNING || task.token != token)) {
      return Optional.empty();
    }
    return Optional.of(retry.decide(task.history, ending, retryable, now));
  }

  /**
   * The end of an attempt is committed.
   *
   * @param decision what was written
   * @param worker its name as written; empty when it never started
   * @param stop true when the worker does not know yet
   */
  public void end(
      long job, int attempt, Decision decision, String worker, boolean stop, Instant now) {
    Task task = tasks.get(job);
    if (task == null || task.attempt() != attempt) {
      return;
    }
    leaveWork(task, stop);
    task.history = task.history.with(decision.ending(), worker);
    Instant retryAt = decision.retryAt();
    if (retryAt == null) {
      forget(task);
      effects.add(new Effect.Ended(job, decision.ending()));
      release(job, decision.ending() == Ending.SUCCEEDED, now);
    } else {
      park(task, retryAt, now);
    }
  }

  private void leaveWork(Task task, boolean stop) {
    if (task.phase == Phase.WAITING) {
      ready.remove(task);
    }
    Seat seat = task.seat;
    if (seat != null) {
      seat.release(task);
      if (stop) {
        effects.add(new Effect.Stop(seat.id, task.key()));
      }
    }
    watch.remove(task);
    task.forgetAttempt();
  }

  private void forget(Task task) {
    tasks.remove(task.entry.id());
    dependencies.remove(task);
  }

  private void release(long job, boolean succeeded, Instant now) {
    for (Task next : dependencies.ended(job)) {
      if (!succeeded) {
        doom(next.entry.id());
      } else if (next.phase == Phase.BLOCKED && next.unmet.isEmpty() && !next.doomed) {
        park(next, next.at, now);
      }
    }
  }

  private void park(Task task, Instant from, Instant now) {
    task.at = from;
    if (from.isAfter(now)) {
      task.phase = Phase.DELAYED;
      watch.addDelayed(task);
    } else {
      task.phase = Phase.WAITING;
      task.arrival = ++arrivals;
      ready.add(task);
    }
    changed(task);
  }

  // ---- time

  /**
   * Lets time pass: delays end, offers lapse.
   *
   * @return jobs whose attempt the server has to end; each is told once, until {@link #notEnded}
   */
  public List<Overdue> overdue(Instant now) {
    watch.takeReady(now).forEach(task -> park(task, task.at, now));
    for (Task task : watch.lapsed(now)) {
      if (task.seat != null) {
        task.seat.holdOff(now.plus(patience.holdOff()));
      }
      withdraw(task);
    }
    return watch.overdue(now);
  }

  /** The end that {@link #overdue} asked for was not written: it may be asked for again. */
  public void notEnded(long job) {
    Task task = tasks.get(job);
    if (task != null) {
      task.ending = false;
    }
  }

  // ---- kinds

  /** Orders how jobs of a kind run from now on; what runs already goes on. */
  public void setKind(String kind, KindLimit limit) {
    limits.put(kind, limit);
  }

  /** The jobs in memory, by kind, and the kinds with a limit. */
  public List<KindDepth> depths(Instant now) {
    Map<String, int[]> counts = new TreeMap<>();
    limits.keySet().forEach(kind -> counts.put(kind, new int[Phase.values().length]));
    for (Task task : tasks.values()) {
      counts
          .computeIfAbsent(task.entry.work().kind(), kind -> new int[Phase.values().length])[
          task.phase.ordinal()]++;
    }
    List<KindDepth> depths = new ArrayList<>();
    counts.forEach(
        (kind, of) ->
            depths.add(
                new KindDepth(
                    kind,
                    limits.getOrDefault(kind, KindLimit.NONE),
                    of[Phase.BLOCKED.ordinal()],
                    of[Phase.DELAYED.ordinal()],
                    of[Phase.WAITING.ordinal()],
                    0,
                    of[Phase.OFFERED.ordinal()] + of[Phase.RUNNING.ordinal()],
                    0,
                    0,
                    null)));
    return depths;
  }

  /** Dependencies that have failed lately, by name. */
  public List<BreakerStatus> breakers() {
    return List.of();
  }

  /** Learned time of an attempt at a job of a kind, in seconds; 0 when nothing is known. */
  public double meanSeconds(String kind) {
    return 0;
  }

  /** Why a job waits although a worker may be free, as one sentence; empty when it does not. */
  public String whyWaiting(long job, Instant now) {
    Task task = tasks.get(job);
    if (task == null || task.phase != Phase.WAITING || anyCan(task.entry.work())) {
      return "";
    }
    JobClass work = task.entry.work();
    return "no connected worker takes " + work.kind() + " of " + work.mediaType();
  }

  // ---- what follows

  /** What is to be done since the last call. */
  public List<Effect> effects() {
    List<Effect> all = effects;
    effects = new ArrayList<>();
    return all;
  }

  private void changed(Task task) {
    effects.add(new Effect.Changed(task.standing()));
  }

  private Task task(long job) {
    Task task = tasks.get(job);
    if (task == null) {
      throw new IllegalArgumentException("job " + job + " is not in memory");
    }
    return task;
  }
}
