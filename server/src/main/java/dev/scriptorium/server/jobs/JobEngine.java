package dev.scriptorium.server.jobs;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.schedule.Backoff;
import dev.scriptorium.server.jobs.schedule.Retry;
import dev.scriptorium.server.jobs.schedule.Scheduler;
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
  private static final Duration LOOK_FOR_DEAD = Duration.ofSeconds(5);

  private final Parts parts;
  private final JobSettings settings;
  private final long incarnation;
  private final LiveJobs live;
  private final Intake intake;
  private final Ledger ledger;
  private final ServerEndings endings;
  private final Succession succession;
  private final Pulse pulse;
  private final Dispatcher dispatcher;
  private final JobQueue queue;
  private final Jobs jobs;
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

  /** Registers the server; the database has to answer. */
  public JobEngine(Parts parts, JobSettings settings) {
    this.parts = parts;
    this.settings = settings;
    JobStore store = new JobStore();
    OutcomeStore outcomes = new OutcomeStore();
    IncarnationStore incarnations = new IncarnationStore();
    InstantSource clock = parts.clock;
    Database database = parts.scheduler;
    SecureRandom random = new SecureRandom();
    Backoff backoff = new Backoff(settings.retryBase(), settings.retryCeiling(), random);
    Scheduler scheduler =
        new Scheduler(
            new Retry(settings.limits(), backoff),
            settings.patience(),
            // 0 stands for no token.
            () -> random.nextLong() | 1);
    incarnation = database.inTransaction(h -> incarnations.insert(h, settings.serverName()));
    live = new LiveJobs(scheduler, settings, clock);
    intake = new Intake(live, store, clock, incarnation);
    OutcomeWriter writer =
        new OutcomeWriter(outcomes, live, intake, parts.appliers, parts.blobs, clock);
    ledger = new Ledger(database, writer, outcomes, live, clock, incarnation);
    endings = new ServerEndings(live, ledger);
    queue = new JobQueue(intake, live, endings);
    InputFinder inputs = new InputFinder(database, parts.inputs, outcomes, settings);
    dispatcher = new Dispatcher(live, ledger, inputs, outcomes, database, clock);
    JobWatch watch = new JobWatch();
    JobRetries retries = new JobRetries(database, store, intake, parts.appliers);
    Submissions submissions = new Submissions(database, queue);
    jobs = new Jobs(parts.api, database, live, retries, endings, watch, submissions);
    List<JobListener> listeners = new ArrayList<>(parts.listeners);
    listeners.add(watch);
    live.connect(
        new Announcer(
            dispatcher,
            ledger,
            endings,
            inputs,
            new Announcer.Surroundings(live, listeners, settings, clock, offers)));
    succession = new Succession(database, incarnations, store, live, settings, clock);
    succession.adopt(incarnation, false);
    pulse =
        new Pulse(
            database,
            incarnations,
            incarnation,
            settings.heartbeat().multipliedBy(3),
            System::nanoTime);
  }

  private static ThreadFactory daemon() {
    return Thread.ofPlatform().name("job-tick-", 0).daemon().factory();
  }

  /** Lets things run. */
  public void start() {
    ledger.start();
    every(TICK, this::tick);
    every(settings.heartbeat(), this::heartbeat);
    every(LOOK_FOR_DEAD, this::lookForDead);
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

  private void tick() {
    endings.end(live.change(s -> s.overdue(parts.clock.instant())));
    intake.settleDoubtful(parts.scheduler);
  }

  // After an outage of the database all have been silent: the others get time to say that they
  // live.
  private void lookForDead() {
    succession.adopt(incarnation, pulse.steady(settings.silence()));
  }

  private void heartbeat() {
    if (!pulse.beat()) {
      log.error(new IncarnationDeadException(incarnation).getMessage());
      ticks.shutdown();
      parts.whenDead.run();
    }
  }

  /** How other features put jobs in. */
  public Enqueuer queue() {
    return queue;
  }

  /** The queue as workers see it. */
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /** The rules behind the API. */
  public Jobs jobs() {
    return jobs;
  }

  /** Number of this start of the server. */
  public long incarnation() {
    return incarnation;
  }

  /**
   * Waits until every start and end reported so far is written.
   *
   * @return false when it took too long
   */
  boolean flush(Duration atMost) throws InterruptedException {
    return ledger.flush(atMost);
  }

  /** Groups of jobs of which it is not known whether they were committed. */
  int inDoubt() {
    return intake.inDoubt();
  }

  /** Makes no more offers; what runs goes on. */
  public void beginDrain() {
    live.run(Scheduler::stopOffering);
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
    ledger.close();
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }
}
