package dev.scriptorium.server.jobs;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.database.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All moving parts of the queue. Constructing it makes the server an incarnation of its own and
 * takes over what its former self has left undone; {@link #start} lets things run. Thread-safe.
 */
public final class JobEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobEngine.class);
  private static final Duration TICK = Duration.ofMillis(100);

  // With the silence before it, the longest time that jobs of a dead server lie still.
  private static final Duration LOOK_FOR_DEAD = Duration.ofSeconds(3);
  private static final Duration LOOK_AROUND = Duration.ofSeconds(5);
  private static final Duration CLEAR_OUT = Duration.ofHours(1);

  private final JobCore core;
  private final Runnable whenDead;
  private final Duration heartbeat;
  private final Jobs jobs;
  private final Retention retention;
  private final QueueControl control;
  private final List<LaneThread> lanes = new ArrayList<>();
  private final ExecutorService offers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticks = Executors.newScheduledThreadPool(2, daemon());

  /**
   * What the queue is built from.
   *
   * @param api transactions for callers of the API
   * @param scheduler transactions of the system itself
   * @param inputs finds what jobs read
   * @param appliers by kind; results of other kinds are kept and have no effect
   * @param listeners hear of every change
   * @param whenDead told once, when another server has taken over: this one has to stop
   */
  public record Parts(
      Database api,
      Database scheduler,
      BlobStore blobs,
      JobInputs inputs,
      Map<String, ResultApplier> appliers,
      List<JobListener> listeners,
      InstantSource clock,
      Runnable whenDead) {
    /** Copies the collections. */
    public Parts {
      appliers = Map.copyOf(appliers);
      listeners = List.copyOf(listeners);
    }
  }

  /**
   * Registers the server; the database has to answer.
   *
   * @param keepJobs how long jobs are kept after the day they were taken in
   */
  public JobEngine(Parts parts, JobSettings settings, Duration keepJobs) {
    whenDead = parts.whenDead;
    heartbeat = settings.heartbeat();
    Database database = parts.scheduler;
    PostgresJobStore store = new PostgresJobStore();
    JobWatch watch = new JobWatch();
    List<JobListener> listeners = new ArrayList<>(parts.listeners);
    listeners.add(watch);
    core =
        new JobCore(
            new JobCore.Storage(
                database,
                store,
                new PostgresOutcomeStore(),
                new PostgresIncarnationStore(),
                parts.blobs),
            new JobCore.Features(parts.inputs, parts.appliers, listeners),
            new JobCore.Host(parts.clock, System::nanoTime, new SecureRandom(), offers),
            settings);
    retention = new Retention(database, parts.clock, keepJobs);
    JobRetries retries = new JobRetries(database, store, core.intake(), parts.appliers);
    jobs = new Jobs(parts.api, database, core.live(), retries, core.endings(), watch);
    control =
        new QueueControl(
            new QueueStatus(core.live(), database, parts.clock, settings, core.incarnation()),
            new Submissions(database, core.queue()),
            new Kinds(database, core.live()),
            new Schedules(database, core.queue(), parts.clock));
    new Experience(database, core.live()).read();
    control.refresh();
    for (Lane lane : core.ledger().lanes()) {
      lanes.add(new LaneThread("job-ledger-" + lanes.size(), lane));
    }
  }

  private static ThreadFactory daemon() {
    return Thread.ofPlatform().name("job-tick-", 0).daemon().factory();
  }

  /** Lets things run. */
  public void start() {
    lanes.forEach(LaneThread::start);
    every(TICK, core::tick);
    every(heartbeat, this::heartbeat);
    every(LOOK_FOR_DEAD, core::lookForDead);
    every(LOOK_AROUND, control::refresh);
    every(CLEAR_OUT, retention::run);
    every(TICK, control.schedules()::tick);
  }

  private void every(Duration period, Runnable work) {
    var _ =
        ticks.scheduleWithFixedDelay(
            () -> guarded(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  // A scheduled task that throws would never run again.
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.warn("will try again: {}", RootCause.of(e));
    }
  }

  private void heartbeat() {
    if (!core.heartbeat()) {
      log.error(new IncarnationDeadException(core.incarnation()).getMessage());
      ticks.shutdown();
      whenDead.run();
    } else {
      control.status().tell();
    }
  }

  /** How other features put jobs in. */
  public Enqueuer queue() {
    return core.queue();
  }

  /** The queue as workers see it. */
  public Dispatcher dispatcher() {
    return core.dispatcher();
  }

  /** The rules behind the API. */
  public Jobs jobs() {
    return jobs;
  }

  /** What operators may do to the queue as a whole. */
  public QueueControl control() {
    return control;
  }

  /** Number of this start of the server. */
  public long incarnation() {
    return core.incarnation();
  }

  /**
   * Waits until every start and end reported so far is written.
   *
   * @return false when it took too long
   */
  boolean flush(Duration atMost) throws InterruptedException {
    return core.ledger().flush(atMost);
  }

  /** Groups of jobs of which it is not known whether they were committed. */
  int inDoubt() {
    return core.intake().inDoubt();
  }

  /** Makes no more offers; what runs goes on. */
  public void beginDrain() {
    core.stopOffering();
  }

  /**
   * Stops everything, after what was reported so far is written.
   *
   * @param atMost how long that may take
   */
  public void close(Duration atMost) {
    beginDrain();
    ticks.shutdownNow();
    offers.shutdownNow();
    try {
      if (!flush(atMost)) {
        log.warn("some ends of attempts are not written; their workers keep them");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes.forEach(LaneThread::close);
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }
}
