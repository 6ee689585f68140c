package dev.scriptorium.server;

import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.server.ServerConfig.Tls;
import dev.scriptorium.server.identity.MethodRules;
import dev.scriptorium.server.telemetry.CallMetrics;
import dev.scriptorium.server.wire.AuthInterceptor;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.ConnectionLimit;
import dev.scriptorium.server.wire.DeadlineInterceptor;
import dev.scriptorium.server.wire.Drain;
import dev.scriptorium.server.wire.LoadLimit;
import dev.scriptorium.server.wire.RequestId;
import dev.scriptorium.server.wire.StatusInterceptor;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
  private static final int CALLS_PER_CONNECTION = 256;
  // A thousand workers each have a connection and a stream that never ends.
  private static final int CONNECTIONS = 4000;
  private static final int RESETS = 200;
  private static final int RESET_WINDOW_SECONDS = 30;
  private static final int WINDOW_BYTES = 1 << 20;
  private static final int UNARY_CALLS = 256;
  private static final int STREAMS = 4000;
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final io.grpc.Server server;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Drain drain = new Drain();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final ListenAddress address;
  private final Duration grace;

  /**
   * Binds the port and serves.
   *
   * @param callers from a key to who has it
   */
  GrpcListener(
      ServerConfig config,
      List<? extends BindableService> services,
      Function<String, Optional<Caller>> callers,
      MetricRegistry metrics)
      throws StartException {
    this.grace = config.grace();
    try {
      NettyServerBuilder builder = builder(config);
      limit(builder);
      builder.addTransportFilter(connectionLimit(config));
      addServices(builder, services);
      if (config.reflection() || config.listen().loopback()) {
        builder.addService(ProtoReflectionServiceV1.newInstance());
      }
      intercept(builder, callers, metrics);
      this.server = builder.build().start();
    } catch (IOException e) {
      timer.shutdownNow();
      throw failure(config, e);
    }
    this.address = config.listen().withPort(server.getPort());
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
    server.shutdown();
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
  }

  private void awaitEnd() throws InterruptedException {
    drain.awaitRequests(grace);
    drain.closeStreams();
    if (!server.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void limit(NettyServerBuilder builder) {
    builder
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(METADATA_BYTES, 2 * METADATA_BYTES)
        .handshakeTimeout(10, TimeUnit.SECONDS)
        .maxConnectionIdle(15, TimeUnit.MINUTES)
        .keepAliveTime(60, TimeUnit.SECONDS)
        .keepAliveTimeout(20, TimeUnit.SECONDS)
        .permitKeepAliveTime(20, TimeUnit.SECONDS)
        .flowControlWindow(WINDOW_BYTES)
        // A thread a call: LoadLimit bounds how many there are.
        .executor(Executors.newVirtualThreadPerTaskExecutor());
  }

  // On loopback all callers have the same address.
  private static ConnectionLimit connectionLimit(ServerConfig config) throws UnknownHostException {
    return new ConnectionLimit(
        CONNECTIONS, config.listen().loopback() ? CONNECTIONS : config.connectionsPerAddress());
  }

  private void addServices(NettyServerBuilder builder, List<? extends BindableService> services) {
    for (BindableService service : services) {
      ServerServiceDefinition definition = service.bindService();
      builder.addService(definition);
      health.setStatus(definition.getServiceDescriptor().getName(), ServingStatus.SERVING);
    }
    builder.addService(health.getHealthService());
    health.setStatus(LIVE, ServingStatus.SERVING);
    health.setStatus(READY, ServingStatus.SERVING);
  }

  // The last one added is the outermost.
  private void intercept(
      NettyServerBuilder builder,
      Function<String, Optional<Caller>> callers,
      MetricRegistry metrics) {
    builder
        .intercept(new AuthInterceptor(callers, MethodRules::roles))
        .intercept(new DeadlineInterceptor(DEFAULT_DEADLINE, timer))
        .intercept(drain)
        .intercept(new LoadLimit(UNARY_CALLS, STREAMS))
        .intercept(new StatusInterceptor())
        .intercept(new CallMetrics(metrics))
        .intercept(new RequestId(RandomGenerator.getDefault()));
  }

  private static NettyServerBuilder builder(ServerConfig config)
      throws StartException, UnknownHostException {
    InetSocketAddress address = config.listen().resolve();
    if (config.tls().isEmpty()) {
      return NettyServerBuilder.forAddress(address, InsecureServerCredentials.create());
    }
    Tls tls = config.tls().get();
    try {
      return NettyServerBuilder.forAddress(
          address, TlsServerCredentials.create(tls.certificate().toFile(), tls.key().toFile()));
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException(
          ExitCode.USAGE, "certificate or key cannot be used: " + e.getMessage(), e);
    }
  }

  private static StartException failure(ServerConfig config, IOException e) {
    return new StartException(
        ExitCode.PORT_TAKEN,
        "cannot listen on %s: %s".formatted(config.listen(), e.getMessage()),
        e);
  }
}
