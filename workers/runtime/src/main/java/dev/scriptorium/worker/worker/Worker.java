package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.files.WorkDirectory;
import dev.scriptorium.worker.pool.CrashReport;
import dev.scriptorium.worker.pool.EventLoop;
import dev.scriptorium.worker.pool.RunnerLauncher;
import dev.scriptorium.worker.pool.RunnerPool;
import dev.scriptorium.worker.pool.RunnerSettings;
import dev.scriptorium.worker.pool.Sandbox;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Decline;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.WorkerMessage;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes work from servers and gives it to runners. Its state is confined to its loop; the public
 * methods may be called from any thread.
 */
final class Worker implements ServerLink.Listener, RunnerPool.Listener, Attempt.Host {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration TICK = Duration.ofMillis(200);
  private static final long IDLE_TICKS = 25;
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private final WorkerSettings settings;
  private final Sandbox sandbox;
  private final Path jobs;
  private final EventLoop loop = new EventLoop();
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final RunnerLauncher launcher;
  private final RunnerPool pool;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5), RandomGenerator.getDefault());
  private final List<ServerLink> links = new ArrayList<>();
  private final Map<AttemptKey, Attempt> attempts = new LinkedHashMap<>();
  private final Heartbeats heartbeats;
  private final String incarnation = UUID.randomUUID().toString();
  private final CompletableFuture<ExitCode> end = new CompletableFuture<>();
  private boolean connected;
  private boolean welcomed;
  private boolean draining;
  private boolean terminating;
  private boolean trained;
  private long idleTicks;
  private long directories;

  Worker(WorkerSettings settings, RunnerSettings runners, Sandbox sandbox, WorkDirectory directory)
      throws IOException {
    this.settings = settings;
    this.sandbox = sandbox;
    jobs = directory.jobs();
    launcher = new RunnerLauncher(runners, sandbox, directory.aot(), loop);
    pool =
        new RunnerPool(
            runners,
            launcher,
            settings.leastRunners(),
            settings.mostRunners(),
            System::nanoTime,
            this);
    heartbeats = new Heartbeats(this, System::nanoTime);
  }

  /** Starts runners; the servers are greeted when the first is ready. */
  void start() {
    loop.execute(pool::open);
    loop.every(TICK, this::tick);
  }

  /** Completes when the worker has ended by itself. */
  CompletableFuture<ExitCode> end() {
    return end;
  }

  /**
   * Takes no more offers, lets jobs finish within {@code time} and hands back the others.
   *
   * @return completes when everything is over
   */
  CompletableFuture<ExitCode> drain(Duration time) {
    loop.execute(
        () -> {
          LOG.info("draining {} attempts within {} s", attempts.size(), time.toSeconds());
          draining = true;
          terminating = true;
          loop.after(time, this::handBack);
          endIfDrained();
        });
    return end;
  }

  /** Lets go of runners, connections and threads; waits a little for the runners to end. */
  void close() {
    CompletableFuture<Boolean> empty = new CompletableFuture<>();
    loop.execute(
        () -> {
          pool.close();
          links.forEach(ServerLink::close);
        });
    loop.every(
        Duration.ofMillis(20),
        () -> {
          if (pool.isEmpty()) {
            empty.complete(true);
          }
        });
    if (!empty.completeOnTimeout(false, LAST_WORDS.toSeconds(), TimeUnit.SECONDS).join()) {
      LOG.warn("some runners do not end and are killed");
    }
    launcher.close();
    background.shutdownNow();
    loop.close();
  }

  @Override
  public Hello hello(ServerLink link) {
    return Hello.newBuilder()
        .setProtocol(1)
        .setWorker(settings.name())
        .setIncarnation(incarnation)
        .setVersion(WorkerMain.version())
        .addAllCapabilities(pool.capabilities())
        .setMemoryBudgetBytes(settings.memory().bytes())
        .setMaxRunners(settings.mostRunners())
        .setSandbox(sandbox.level().label())
        .addAllHeld(heldBy(link).stream().map(attempt -> attempt.offer().getId()).toList())
        .build();
  }

  @Override
  public void welcomed(ServerLink link) {
    welcomed = true;
    heldBy(link).forEach(Attempt::repeatReport);
    heartbeats.send(link);
  }

  @Override
  public void refused(ServerLink link, Status status) {
    // A server that has let us in before may be in trouble; one that never has means what it says.
    LOG.error("{} refuses the key: {}", link.address(), ServerLink.describe(status));
    if (!welcomed) {
      end.complete(ExitCode.KEY_REFUSED);
    }
  }

  @Override
  public void said(ServerLink link, ServerMessage message) {
    switch (message.getMessageCase()) {
      case OFFER -> offered(link, message.getOffer());
      case ACKNOWLEDGED -> forget(link, message.getAcknowledged().getId());
      case FENCED -> forget(link, message.getFenced().getId());
      case CANCEL -> forget(link, message.getCancel().getId());
      case DRAIN -> drainedByServer(message.getDrain().getTerminate());
      case RESUME, ADOPTED, WELCOME, MESSAGE_NOT_SET ->
          LOG.debug("unexpected message from {}", link.address());
    }
  }

  @Override
  public void changed() {
    if (!connected && pool.size() > 0) {
      connected = true;
      for (String address : settings.servers()) {
        links.add(new ServerLink(address, settings.key(), loop, backoff, this));
      }
      links.forEach(ServerLink::open);
    }
    schedule();
  }

  @Override
  public void unstartable(CrashReport report) {
    LOG.error("no runner can be started: {} (exit code {})", report.cause(), report.exitCode());
    end.complete(ExitCode.INTERNAL);
  }

  @Override
  public void background(Runnable work) {
    background.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.error("background work failed", e);
          }
        });
  }

  @Override
  public void onLoop(Runnable task) {
    loop.execute(task);
  }

  @Override
  public void later(int failures, Runnable task) {
    loop.after(backoff.after(failures), task);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void moved(Attempt attempt) {
    if (attempt.phase() == Attempt.Phase.OVER) {
      attempts.values().remove(attempt);
    }
    schedule();
    endIfDrained();
  }

  /** Offers that would be taken at once. */
  int freeSlots() {
    return draining ? 0 : pool.freeSlots(waiting());
  }

  /** Memory that no attempt was promised. */
  long freeMemoryBytes() {
    long promised =
        attempts.values().stream()
            .filter(attempt -> attempt.phase() != Attempt.Phase.REPORTED)
            .mapToLong(attempt -> attempt.offer().getMemoryBytes())
            .sum();
    return Math.max(0, settings.memory().bytes() - promised);
  }

  RunnerPool pool() {
    return pool;
  }

  private void tick() {
    pool.tick();
    links.forEach(heartbeats::sendIfDue);
    attempts.values().stream()
        .filter(Attempt::overdue)
        .toList()
        .forEach(attempt -> attempt.release("no runner was free in time"));
    trainWhenIdle();
  }

  /** Once: the AOT cache can wait until nobody waits for a book. */
  private void trainWhenIdle() {
    boolean busy = !attempts.isEmpty() || !welcomed;
    idleTicks = busy ? 0 : idleTicks + 1;
    if (settings.train() && idleTicks == IDLE_TICKS && !trained) {
      trained = true;
      launcher.train();
    }
  }

  private void offered(ServerLink link, Offer offer) {
    AttemptKey key = AttemptKey.of(link, offer.getId());
    if (attempts.containsKey(key)) {
      return;
    }
    Optional<String> obstacle = obstacle(offer);
    if (obstacle.isPresent()) {
      link.send(
          WorkerMessage.newBuilder()
              .setDecline(Decline.newBuilder().setId(offer.getId()).setReason(obstacle.get()))
              .build());
      return;
    }
    directories++;
    Path home = jobs.resolve("%d-%d-%d".formatted(key.job(), key.attempt(), directories));
    Attempt attempt = new Attempt(offer, link, home, this);
    attempts.put(key, attempt);
    attempt.accept();
  }

  private Optional<String> obstacle(Offer offer) {
    if (draining) {
      return Optional.of("draining");
    }
    boolean known =
        pool.capabilities().stream()
            .anyMatch(
                c ->
                    c.getKind().equals(offer.getKind())
                        && (c.getMediaType().equals("*")
                            || c.getMediaType().equals(offer.getMediaType())));
    if (!known) {
      return Optional.of("unknown kind");
    }
    if (freeSlots() == 0) {
      return Optional.of("full");
    }
    return offer.getMemoryBytes() > freeMemoryBytes() ? Optional.of("memory") : Optional.empty();
  }

  /** Gives waiting attempts to idle runners, in the order in which they were accepted. */
  private void schedule() {
    for (Attempt attempt : List.copyOf(attempts.values())) {
      if (attempt.phase() == Attempt.Phase.WAITING) {
        Optional<Path> runner = pool.idleDirectory(waiting());
        if (runner.isEmpty()) {
          break;
        }
        begin(attempt, runner.get());
      }
    }
    links.forEach(heartbeats::sendIfChanged);
  }

  private void begin(Attempt attempt, Path runner) {
    try {
      pool.begin(attempt.startIn(runner), attempt.stall(), attempt);
    } catch (IOException e) {
      LOG.error("cannot give job {} to a runner", attempt.offer().getId().getJob(), e);
      attempt.breakOff("the worker cannot move its files");
    }
  }

  private int waiting() {
    return (int)
        attempts.values().stream()
            .filter(
                attempt ->
                    attempt.phase() == Attempt.Phase.FETCHING
                        || attempt.phase() == Attempt.Phase.WAITING)
            .count();
  }

  private void forget(ServerLink link, AttemptId id) {
    Attempt attempt = attempts.get(AttemptKey.of(link, id));
    if (attempt != null) {
      pool.cancel(attempt);
      attempt.forget();
    }
  }

  private List<Attempt> heldBy(ServerLink link) {
    return attempts.values().stream().filter(attempt -> attempt.link() == link).toList();
  }

  private void drainedByServer(boolean terminate) {
    LOG.info("a server asks to {}", terminate ? "finish and end" : "take no more offers");
    draining = true;
    terminating |= terminate;
    links.forEach(heartbeats::sendIfChanged);
    endIfDrained();
  }

  private void handBack() {
    for (Attempt attempt : List.copyOf(attempts.values())) {
      if (attempt.phase() != Attempt.Phase.REPORTED) {
        pool.cancel(attempt);
        attempt.release("the worker is ending");
      }
    }
    loop.after(LAST_WORDS, () -> end.complete(ExitCode.OK));
  }

  private void endIfDrained() {
    if (terminating && attempts.isEmpty()) {
      end.complete(ExitCode.OK);
    }
  }
}
