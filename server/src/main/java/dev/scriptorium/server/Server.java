package dev.scriptorium.server;

import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.embedded.DataDirectory;
import dev.scriptorium.server.identity.Credentials;
import dev.scriptorium.server.identity.KeyFiles;
import dev.scriptorium.server.operations.ComponentState;
import dev.scriptorium.server.operations.ComponentState.State;
import dev.scriptorium.server.operations.OperationsGrpcService;
import dev.scriptorium.server.operations.ServerIdentity;
import dev.scriptorium.server.operations.SystemLimits;
import dev.scriptorium.server.operations.SystemParts;
import dev.scriptorium.server.wire.PageSize;
import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The object graph of a running server: every part is built here, once, and handed what it needs.
 */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Lifecycle lifecycle;
  private final ListenAddress address;

  private Server(Lifecycle lifecycle, ListenAddress address) {
    this.lifecycle = lifecycle;
    this.address = address;
  }

  /**
   * Starts everything.
   *
   * @param data locked by us; closed with the server
   * @throws StartException when a part does not start; what was started is stopped again
   */
  static Server start(ServerConfig config, String version, DataDirectory data, InstantSource clock)
      throws StartException, InterruptedException {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.add(data);
    try {
      return new Server(lifecycle, build(config, version, data, clock, lifecycle));
    } catch (StartException | InterruptedException | RuntimeException e) {
      lifecycle.close();
      throw e;
    }
  }

  /** Where it listens. */
  ListenAddress address() {
    return address;
  }

  /** Drains and stops everything, in the opposite order of the start. */
  @Override
  public void close() {
    lifecycle.close();
  }

  private static ListenAddress build(
      ServerConfig config,
      String version,
      DataDirectory data,
      InstantSource clock,
      Lifecycle lifecycle)
      throws StartException, InterruptedException {
    MetricRegistry metrics = new MetricRegistry();
    Storage storage = Storage.open(config, data, metrics, clock, lifecycle);
    createKeys(config, data, storage, clock);
    Credentials credentials = new Credentials(storage.databases().scheduler(), clock);

    OperationsGrpcService operations =
        new OperationsGrpcService(
            new ServerIdentity(config.name(), version, clock.instant()),
            new SystemLimits(
                config.maxUpload().bytes(),
                PageSize.MAX,
                GrpcListener.MAX_MESSAGE_BYTES,
                config.maxWaitingJobs()),
            new SystemParts(
                List.of(() -> database(storage), () -> cache(storage), () -> blobs(storage)),
                List::of,
                _ -> List.of()),
            clock);
    List<BindableService> services = List.of(operations);

    GrpcListener listener = lifecycle.add(new GrpcListener(config, services, credentials, metrics));
    return listener.address();
  }

  private static void createKeys(
      ServerConfig config, DataDirectory data, Storage storage, InstantSource clock)
      throws StartException {
    try {
      KeyFiles files =
          new KeyFiles(
              storage.databases().scheduler(),
              data.privateFolder("keys"),
              config.name(),
              clock,
              new SecureRandom());
      for (Path file : files.ensure()) {
        LOG.info("new API key in {}", file);
      }
    } catch (IOException e) {
      throw new StartException(
          ExitCode.DATA_DIR_UNUSABLE, "keys cannot be written: " + e.getMessage(), e);
    }
  }

  private static ComponentState database(Storage storage) {
    try {
      storage.databases().check();
      return new ComponentState("database", State.OK, "Postgres");
    } catch (SQLException e) {
      return new ComponentState("database", State.DOWN, "Postgres does not answer");
    }
  }

  private static ComponentState cache(Storage storage) {
    Cache.State state = storage.cache().state();
    return new ComponentState(
        "cache", state.degraded() ? State.DEGRADED : State.OK, state.detail());
  }

  private static ComponentState blobs(Storage storage) {
    try {
      String free = (storage.blobs().freeBytes() >> 20) + " MiB free";
      boolean full = storage.blobs().full();
      return new ComponentState("blobs", full ? State.DOWN : State.OK, free);
    } catch (IOException e) {
      return new ComponentState("blobs", State.DOWN, "disk does not answer");
    }
  }
}
