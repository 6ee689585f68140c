package dev.scriptorium.server.jobs;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.server.jobs.schedule.Backoff;
import dev.scriptorium.server.jobs.schedule.Retry;
import dev.scriptorium.server.jobs.schedule.Scheduler;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The queue without threads, clock or database of its own: whoever holds it says when time has
 * passed and when a lane of the ledger is written. Constructing it makes the server an incarnation
 * of its own and takes over what its former self has left undone. Thread-safe, except where a
 * method says otherwise.
 */
public final class JobCore {
  private final Transactions transactions;
  private final JobSettings settings;
  private final InstantSource clock;
  private final long incarnation;
  private final LiveJobs live;
  private final Days days;
  private final Intake intake;
  private final Ledger ledger;
  private final ServerEndings endings;
  private final Succession succession;
  private final Predecessors predecessors;
  private final Pulse pulse;
  private final Dispatcher dispatcher;
  private final JobQueue queue;

  /**
   * Where the facts are kept.
   *
   * @param transactions of the system itself
   * @param blobs results that workers have stored
   */
  public record Storage(
      Transactions transactions,
      JobStore jobs,
      OutcomeStore outcomes,
      IncarnationStore incarnations,
      BlobStore blobs) {}

  /**
   * What other features do.
   *
   * @param inputs finds what jobs read
   * @param appliers by kind; results of other kinds are kept and have no effect
   * @param listeners hear of every change
   */
  public record Features(
      JobInputs inputs, Map<String, ResultApplier> appliers, List<JobListener> listeners) {
    /** Copies the collections. */
    public Features {
      appliers = Map.copyOf(appliers);
      listeners = List.copyOf(listeners);
    }
  }

  /**
   * What is different in every process, and in a simulation.
   *
   * @param clock the time of day, without leaps
   * @param nanoTime a clock that is never set
   * @param random for tokens and delays
   * @param offers runs the making of offers, which asks the database
   */
  public record Host(
      InstantSource clock, LongSupplier nanoTime, RandomGenerator random, Executor offers) {}

  /** Registers the server; the database has to answer. */
  public JobCore(Storage storage, Features features, Host host, JobSettings settings) {
    this.transactions = storage.transactions;
    this.settings = settings;
    this.clock = host.clock;
    IncarnationStore incarnations = storage.incarnations;
    OutcomeStore outcomes = storage.outcomes;
    incarnation = transactions.inTransaction(h -> incarnations.insert(h, settings.serverName()));
    live = new LiveJobs(scheduler(host.random, settings), settings, clock);
    days = new Days(transactions, storage.jobs, clock, incarnation);
    days.openAhead();
    intake = new Intake(live, storage.jobs, clock, incarnation, days);
    OutcomeWriter writer =
        new OutcomeWriter(
            transactions,
            outcomes,
            live,
            intake,
            features.appliers,
            storage.blobs,
            clock,
            incarnation);
    ledger =
        new Ledger(
            () ->
                new GroupWriter(
                    transactions, writer, outcomes, live, clock, incarnation, this::flush));
    endings = new ServerEndings(live, ledger);
    queue = new JobQueue(intake, live, endings);
    InputFinder inputs = new InputFinder(transactions, features.inputs, outcomes, settings);
    dispatcher = new Dispatcher(live, ledger, inputs, outcomes, transactions, clock);
    live.connect(
        new Announcer(
            dispatcher,
            ledger,
            endings,
            inputs,
            new Announcer.Surroundings(live, features.listeners, settings, clock, host.offers)));
    succession = new Succession(transactions, incarnations, storage.jobs, live, settings, clock);
    succession.adopt(incarnation, false);
    predecessors = new Predecessors(transactions, storage.jobs, live, clock, host.nanoTime);
    pulse =
        new Pulse(
            transactions,
            incarnations,
            incarnation,
            settings.heartbeat().multipliedBy(3),
            host.nanoTime);
  }

  private void flush() {
    dispatcher.flush();
  }

  private static Scheduler scheduler(RandomGenerator random, JobSettings settings) {
    Backoff backoff = new Backoff(settings.retryBase(), settings.retryCeiling(), random);
    return new Scheduler(
        new Retry(settings.limits(), backoff),
        settings.patience(),
        // 0 stands for no token.
        () -> random.nextLong() | 1);
  }

  /**
   * Ends what nobody else will and finds out what became of doubtful commits; 10 times a second.
   */
  public void tick() {
    endings.end(live.change(s -> s.overdue(clock.instant())));
    intake.settleDoubtful(transactions);
    days.openAhead();
    predecessors.tick();
  }

  /** Says that this server lives; false when another has taken over and this one has to stop. */
  public boolean heartbeat() {
    return pulse.beat();
  }

  /**
   * Takes over from servers that were silent for too long. After an outage of the database all have
   * been silent: the others get time to say that they live. One call at a time.
   */
  public void lookForDead() {
    succession.adopt(incarnation, pulse.steady(settings.silence()));
  }

  /** How many lanes the ledger has. */
  public int lanes() {
    return ledger.lanes().size();
  }

  /** True when something waits to be written in a lane. */
  public boolean hasUnwritten(int lane) {
    return ledger.lanes().get(lane).hasUnwritten();
  }

  /**
   * Writes the next group of a lane. For each lane one call at a time.
   *
   * @return false when something of it has to be tried again, after a pause
   */
  public boolean write(int lane) {
    return ledger.lanes().get(lane).write();
  }

  /**
   * Cancels a job that is in memory, whatever attempt it has come to.
   *
   * @return true once it is cancelled; false when it had ended already
   */
  public CompletableFuture<Boolean> cancel(long job) {
    return live.find(job)
        .map(found -> endings.cancel(found, "cancelled by its owner"))
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }

  /** Makes no more offers; what runs goes on. */
  public void stopOffering() {
    live.run(Scheduler::stopOffering);
  }

  /** How other features put jobs in. */
  public Enqueuer queue() {
    return queue;
  }

  /** The queue as workers see it. */
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /** Number of this start of the server. */
  public long incarnation() {
    return incarnation;
  }

  LiveJobs live() {
    return live;
  }

  Intake intake() {
    return intake;
  }

  Ledger ledger() {
    return ledger;
  }

  ServerEndings endings() {
    return endings;
  }
}
