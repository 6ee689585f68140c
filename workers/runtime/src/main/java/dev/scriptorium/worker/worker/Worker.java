package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.files.WorkDirectory;
import dev.scriptorium.worker.pool.CrashReport;
import dev.scriptorium.worker.pool.EventLoop;
import dev.scriptorium.worker.pool.ProcessMemory;
import dev.scriptorium.worker.pool.RunnerLauncher;
import dev.scriptorium.worker.pool.RunnerPool;
import dev.scriptorium.worker.pool.RunnerSettings;
import dev.scriptorium.worker.pool.Sandbox;
import dev.scriptorium.worker.v1.Heartbeat;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.Welcome;
import io.grpc.ChannelCredentials;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes work from servers and gives it to runners. Its state is confined to its loop; the public
 * methods may be called from any thread.
 */
final class Worker
    implements ServerLink.Listener, RunnerPool.Listener, Attempt.Host, Heartbeats.Figures {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration LOOK_FOR_SERVERS = Duration.ofSeconds(30);
  private static final long IDLE_TICKS = 25;
  private static final Duration LAST_WORDS = Duration.ofSeconds(4);

  private final WorkerSettings settings;
  private final Sandbox sandbox;
  private final EventLoop loop = new EventLoop();
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final RunnerLauncher launcher;
  private final RunnerPool pool;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5), RandomGenerator.getDefault());
  private final Servers servers;
  private final Attempts attempts;
  private final KilledJobs killedJobs = new KilledJobs();
  private final Precedence precedence = new Precedence(loop, this::replan);
  private final Orders orders = new Orders();
  private final Heartbeats heartbeats;
  private final String incarnation = UUID.randomUUID().toString();
  private final CompletableFuture<ExitCode> end = new CompletableFuture<>();
  private boolean connected;
  private boolean planChanged;
  private boolean trained;
  private long idleTicks;

  Worker(WorkerSettings settings, RunnerSettings runners, Sandbox sandbox, WorkDirectory directory)
      throws IOException {
    this.settings = settings;
    this.sandbox = sandbox;
    launcher = new RunnerLauncher(runners, sandbox, directory.aot(), loop);
    pool = new RunnerPool(runners, settings.pool(), launcher, System::nanoTime, this);
    ChannelCredentials credentials = settings.encryption().credentials();
    servers =
        new Servers(
            server -> new ServerLink(server, credentials, settings.key(), loop, backoff, this));
    attempts =
        new Attempts(
            pool,
            servers,
            this,
            directory.jobs(),
            new MemoryPlan(settings.runnerMemory(), runners.caps()),
            precedence);
    heartbeats = new Heartbeats(this, precedence, System::nanoTime);
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
          orders.terminate();
          loop.after(time, this::handBack);
          replan();
        });
    return end;
  }

  /** Lets go of runners, connections and threads; waits a little for the runners to end. */
  void close() {
    CompletableFuture<Boolean> empty = new CompletableFuture<>();
    loop.execute(
        () -> {
          pool.close();
          servers.close();
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
  public Hello hello() {
    return Hello.newBuilder()
        .setProtocol(1)
        .setWorker(settings.name())
        .setIncarnation(incarnation)
        .setVersion(WorkerMain.version())
        .addAllCapabilities(pool.capabilities())
        .setMemoryBudgetBytes(settings.runnerMemory().bytes())
        .setMaxRunners(settings.pool().most())
        .setSandbox(sandbox.level().label())
        .setCpus(Runtime.getRuntime().availableProcessors())
        .setHost(WorkerSettings.hostName())
        // The server that is greeted is not up yet: what belongs to it is among these.
        .addAllHeld(attempts.orphans())
        .build();
  }

  @Override
  public void welcomed(ServerLink link, Welcome welcome) {
    servers.welcomed(link, welcome.getIncarnation());
    attempts.serverIsBack(welcome.getIncarnation());
    heartbeats.send(link);
    replan();
  }

  @Override
  public void lost(ServerLink link) {
    servers.lost();
    precedence.settle(link);
    // The other servers learn at once who has lost theirs.
    replan();
  }

  @Override
  public void refused(ServerLink link, Status status) {
    LOG.error("{} refuses the key: {}", link.address(), ServerLink.describe(status));
    if (servers.refused(link)) {
      end.complete(ExitCode.KEY_REFUSED);
    }
  }

  @Override
  public void said(ServerLink link, ServerMessage message) {
    long from = Optional.ofNullable(link.welcome()).map(Welcome::getIncarnation).orElse(0L);
    switch (message.getMessageCase()) {
      case OFFER -> offered(link, from, message.getOffer());
      case ACKNOWLEDGED -> attempts.forget(message.getAcknowledged().getId());
      case FENCED -> attempts.forget(message.getFenced().getId());
      case CANCEL -> attempts.forget(message.getCancel().getId());
      case ADOPTED -> attempts.adopted(link, from, message.getAdopted().getId());
      case DRAIN -> ordered(message.getDrain().getTerminate());
      case RESUME -> {
        LOG.info("{} asks to take offers again", link.address());
        orders.resume();
      }
      case WELCOME, MESSAGE_NOT_SET -> LOG.debug("unexpected message from {}", link.address());
    }
    replan();
  }

  private void offered(ServerLink link, long incarnation, Offer offer) {
    boolean full = attempts.offered(link, incarnation, offer, !orders.takesOffers());
    if (full) {
      precedence.claim(link);
      heartbeats.send(link);
    } else {
      precedence.settle(link);
    }
  }

  private void ordered(boolean terminate) {
    LOG.info("a server asks to {}", terminate ? "finish and end" : "take no more offers");
    if (terminate) {
      orders.terminate();
    } else {
      orders.rest();
    }
  }

  @Override
  public void changed() {
    if (!connected && pool.size() > 0) {
      connected = true;
      loop.execute(this::lookForServers);
    }
    replan();
  }

  @Override
  public void unstartable(CrashReport report) {
    LOG.error("no runner can be started: {} (exit code {})", report.cause(), report.exitCode());
    end.complete(ExitCode.INTERNAL);
  }

  private void lookForServers() {
    background(
        () -> {
          Set<ServerAddress> found =
              settings.servers().stream()
                  .flatMap(address -> ServerAddress.behind(address).stream())
                  .collect(Collectors.toSet());
          onLoop(() -> servers.found(found));
        });
    loop.after(LOOK_FOR_SERVERS, this::lookForServers);
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
  public Optional<ServerLink> linkTo(long server) {
    return servers.linkTo(server);
  }

  @Override
  public boolean forgives(Attempt attempt) {
    boolean forgiven = killedJobs.forgives(attempt.id().getJob());
    if (forgiven) {
      attempt.server().ifPresent(precedence::claim);
    }
    return forgiven;
  }

  @Override
  public void moved(Attempt attempt) {
    attempts.moved(attempt);
    replan();
  }

  /** Once for all that happens in this turn of the loop: runners get jobs, servers the news. */
  private void replan() {
    if (!planChanged) {
      planChanged = true;
      loop.execute(
          () -> {
            planChanged = false;
            attempts.schedule();
            heartbeats.sendIfChanged(servers.up());
            endIfDrained();
          });
    }
  }

  @Override
  public Heartbeat plan(ServerLink link) {
    return Heartbeat.newBuilder()
        .setFreeSlots(orders.takesOffers() ? attempts.freeSlots(link) : 0)
        .setFreeMemoryBytes(attempts.freeMemoryBytes())
        .setRunners(pool.size())
        .setBusyRunners(pool.busy())
        .setStartingRunners(pool.starting())
        .setRecycledRunners(pool.recycled())
        .setDraining(!orders.takesOffers())
        .addAllOrphans(attempts.orphans())
        .build();
  }

  @Override
  public Heartbeat withMemory(Heartbeat plan) {
    return plan.toBuilder()
        .setWorkerMemoryBytes(ProcessMemory.ofThisProcess())
        .setRunnerMemoryBytes(pool.residentBytes())
        .build();
  }

  private void tick() {
    pool.tick();
    attempts.tick();
    servers.up().forEach(heartbeats::sendIfDue);
    trainWhenIdle();
    replan();
  }

  /** Once: the AOT cache can wait until nobody waits for a book. */
  private void trainWhenIdle() {
    boolean busy = !attempts.isEmpty() || !servers.everWelcomed();
    idleTicks = busy ? 0 : idleTicks + 1;
    if (settings.train() && idleTicks == IDLE_TICKS && !trained) {
      trained = true;
      var _ = launcher.train();
    }
  }

  private void handBack() {
    attempts.release("the worker is ending");
    loop.after(LAST_WORDS, () -> end.complete(ExitCode.OK));
  }

  private void endIfDrained() {
    if (orders.terminating() && attempts.isEmpty()) {
      end.complete(ExitCode.OK);
    }
  }
}
