package dev.scriptorium.server;

import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.externalscaler.ExternalScalerGrpc;
import dev.scriptorium.server.identity.MethodRules;
import dev.scriptorium.server.telemetry.CallMetrics;
import dev.scriptorium.server.wire.AuthInterceptor;
import dev.scriptorium.server.wire.Callers;
import dev.scriptorium.server.wire.ConnectionLimit;
import dev.scriptorium.server.wire.DeadlineInterceptor;
import dev.scriptorium.server.wire.Drain;
import dev.scriptorium.server.wire.LoadLimit;
import dev.scriptorium.server.wire.RateInterceptor;
import dev.scriptorium.server.wire.RateLimit;
import dev.scriptorium.server.wire.ReadableRequests;
import dev.scriptorium.server.wire.RequestId;
import dev.scriptorium.server.wire.StatusInterceptor;
import dev.scriptorium.server.wire.StreamPatience;
import dev.scriptorium.server.wire.UserLimit;
import dev.scriptorium.worker.v1.WorkGrpc;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The gRPC side of the server: limits against abuse, interceptors, health and reflection, and the
 * orderly end.
 */
final class GrpcListener implements AutoCloseable {
  /** Chunks of uploads are at most 1 MiB, and their envelope is small. */
  static final int MAX_MESSAGE_BYTES = 2 << 20;

  /** Health of the part that answers; it does not depend on the database. */
  private static final String LIVE = "live";

  /** Health for load balancers. */
  private static final String READY = "ready";

  private static final int METADATA_BYTES = 8 << 10;
  private static final int RESETS = 200;
  private static final int RESET_WINDOW_SECONDS = 30;
  private static final int WINDOW_BYTES = 1 << 20;
  private static final LoadLimit.Most CALLERS = new LoadLimit.Most(256, 4000);
  // Health is watched by every client that wants to; logins take turns.
  private static final LoadLimit.Most STRANGERS = new LoadLimit.Most(64, 1000);
  private static final int WRONG_KEYS_A_LOGIN = 10;
  private static final int BURST_SECONDS = 10;
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final long LOOK_AT_CERTIFICATE_MILLIS = 10_000;

  /** Served on the workers' port alone, when there is one. */
  private static final Set<String> WORKER_SERVICES =
      Set.of(WorkGrpc.SERVICE_NAME, ExternalScalerGrpc.SERVICE_NAME);

  private final List<io.grpc.Server> servers = new ArrayList<>();
  private final HealthStatusManager health = new HealthStatusManager();
  private final Drain drain = new Drain();
  private final ScheduledExecutorService timer = timer();
  private final ServerConfig config;
  private final Callers callers;
  private final MetricRegistry metrics;
  private final ConnectionLimit connections;
  private final List<ServerInterceptor> interceptors;
  private final ListenAddress address;

  /**
   * Binds the port, or both, and serves.
   *
   * @param callers from a key to who has it
   */
  GrpcListener(
      ServerConfig config,
      List<? extends BindableService> services,
      Callers callers,
      MetricRegistry metrics)
      throws StartException {
    this.config = config;
    this.callers = callers;
    this.metrics = metrics;
    this.connections =
        new ConnectionLimit(config.guard().connections(), config.guard().connectionsPerAddress());
    this.interceptors = interceptors();
    List<ServerServiceDefinition> all =
        services.stream().map(BindableService::bindService).map(ReadableRequests::of).toList();
    try {
      Optional<TlsFiles> tls = tls();
      this.address = start(config.listen(), tls, forReaders(all));
      if (config.guard().workerPort().isPresent()) {
        start(config.listen().withPort(config.guard().workerPort().get()), tls, forWorkers(all));
      }
      tls.ifPresent(files -> files.watch(timer, LOOK_AT_CERTIFICATE_MILLIS));
    } catch (StartException e) {
      servers.forEach(io.grpc.Server::shutdownNow);
      timer.shutdownNow();
      throw e;
    }
    all.forEach(each -> serving(each.getServiceDescriptor().getName()));
    serving(LIVE);
    serving(READY);
  }

  /** Where it listens, with the port that was chosen. */
  ListenAddress address() {
    return address;
  }

  /** Tells load balancers whether to send requests. */
  void ready(boolean ready) {
    health.setStatus(READY, ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  /** Lets requests under way finish within the grace, then closes streams and connections. */
  @Override
  public void close() {
    health.enterTerminalState();
    drain.begin();
    servers.forEach(io.grpc.Server::shutdown);
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      servers.forEach(io.grpc.Server::shutdownNow);
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
  }

  /** Where workers are served: a port of their own, or that of all. */
  ListenAddress workerAddress() {
    return address.withPort(servers.getLast().getPort());
  }

  private void awaitEnd() throws InterruptedException {
    drain.awaitRequests(config.grace());
    drain.closeStreams();
    for (io.grpc.Server server : servers) {
      if (!server.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private void serving(String service) {
    health.setStatus(service, ServingStatus.SERVING);
  }

  private List<ServerServiceDefinition> forReaders(List<ServerServiceDefinition> all) {
    return config.guard().workerPort().isEmpty()
        ? all
        : all.stream().filter(each -> !WORKER_SERVICES.contains(name(each))).toList();
  }

  private static List<ServerServiceDefinition> forWorkers(List<ServerServiceDefinition> all) {
    return all.stream().filter(each -> WORKER_SERVICES.contains(name(each))).toList();
  }

  private static String name(ServerServiceDefinition service) {
    return service.getServiceDescriptor().getName();
  }

  private ListenAddress start(
      ListenAddress where, Optional<TlsFiles> tls, List<ServerServiceDefinition> services)
      throws StartException {
    try {
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(
              where.resolve(),
              tls.map(TlsFiles::credentials).orElseGet(InsecureServerCredentials::create));
      limit(builder);
      builder.addTransportFilter(connections);
      services.forEach(builder::addService);
      builder.addService(health.getHealthService());
      if (config.reflection() || where.loopback()) {
        builder.addService(ProtoReflectionServiceV1.newInstance());
      }
      interceptors.forEach(builder::intercept);
      io.grpc.Server server = builder.build().start();
      servers.add(server);
      return where.withPort(server.getPort());
    } catch (IOException e) {
      throw new StartException(
          ExitCode.PORT_TAKEN, "cannot listen on %s: %s".formatted(where, e.getMessage()), e);
    }
  }

  private void limit(NettyServerBuilder builder) {
    builder
        .maxConcurrentCallsPerConnection(config.guard().callsPerConnection())
        .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(METADATA_BYTES, 2 * METADATA_BYTES)
        .handshakeTimeout(10, TimeUnit.SECONDS)
        .maxConnectionIdle(15, TimeUnit.MINUTES)
        // Without an end for streams: they go on, and new calls find a new connection, another
        // server and a new certificate.
        .maxConnectionAge(30, TimeUnit.MINUTES)
        .keepAliveTime(60, TimeUnit.SECONDS)
        .keepAliveTimeout(20, TimeUnit.SECONDS)
        .permitKeepAliveTime(20, TimeUnit.SECONDS)
        .flowControlWindow(WINDOW_BYTES)
        // A thread a call: LoadLimit bounds how many there are.
        .executor(Executors.newVirtualThreadPerTaskExecutor());
  }

  // The last one is the outermost.
  private List<ServerInterceptor> interceptors() {
    Guard guard = config.guard();
    int wrongKeys = Math.multiplyExact(guard.identity().failuresPerMinute(), WRONG_KEYS_A_LOGIN);
    List<ServerInterceptor> inside = new ArrayList<>();
    inside.add(new UserLimit(guard.callsPerUser()));
    if (guard.callRate() > 0) {
      int burst = Math.multiplyExact(guard.callRate(), BURST_SECONDS);
      inside.add(
          new RateInterceptor(
              new RateLimit(guard.callRate(), Duration.ofSeconds(1), burst, System::nanoTime),
              MethodRules::cost));
    }
    inside.add(
        new AuthInterceptor(
            callers,
            MethodRules::open,
            MethodRules::roles,
            new RateLimit(wrongKeys, Duration.ofMinutes(1), wrongKeys, System::nanoTime)));
    inside.add(new DeadlineInterceptor(DEFAULT_DEADLINE, timer));
    inside.add(
        new StreamPatience(guard.uploadPause(), guard.uploadTime(), MethodRules::open, timer));
    inside.add(drain);
    inside.add(new LoadLimit(CALLERS, STRANGERS, MethodRules::open));
    inside.add(new StatusInterceptor());
    inside.add(new CallMetrics(metrics));
    inside.add(new RequestId(RandomGenerator.getDefault()));
    return List.copyOf(inside);
  }

  // The deadlines of calls that have ended must not stay in memory until they are due.
  private static ScheduledExecutorService timer() {
    var timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private Optional<TlsFiles> tls() throws StartException {
    return config.tls().isEmpty()
        ? Optional.empty()
        : Optional.of(new TlsFiles(config.tls().get()));
  }
}
