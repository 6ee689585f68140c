package dev.scriptorium.server;

import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.server.Housekeeping.Chore;
import dev.scriptorium.server.blob.BlobSweep;
import dev.scriptorium.server.catalog.BookBlobs;
import dev.scriptorium.server.catalog.CachedBooks;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.embedded.DataDirectory;
import dev.scriptorium.server.identity.Credentials;
import dev.scriptorium.server.identity.Identity;
import dev.scriptorium.server.identity.IdentityGrpcService;
import dev.scriptorium.server.identity.KeyFiles;
import dev.scriptorium.server.identity.TokenCallers;
import dev.scriptorium.server.jobs.ResultReferences;
import dev.scriptorium.server.operations.OperationsGrpcService;
import dev.scriptorium.server.operations.ServerIdentity;
import dev.scriptorium.server.operations.SystemLimits;
import dev.scriptorium.server.operations.SystemParts;
import dev.scriptorium.server.wire.PageSize;
import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The object graph of a running server: every part is built here, once, and handed what it needs.
 */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** Longer than any transaction that may refer to a fresh blob. */
  private static final Duration UNUSED_BLOBS_LIVE = Duration.ofDays(1);

  private final Lifecycle lifecycle;
  private final ListenAddress address;

  private Server(Lifecycle lifecycle, ListenAddress address) {
    this.lifecycle = lifecycle;
    this.address = address;
  }

  /**
   * What a server is started with.
   *
   * @param version of the program
   * @param whenDead called when another server has taken over from this one, which must then stop
   */
  record Setting(ServerConfig config, String version, Runnable whenDead) {}

  /**
   * Starts everything.
   *
   * @param data locked by us; closed with the server
   * @throws StartException when a part does not start; what was started is stopped again
   */
  static Server start(Setting setting, DataDirectory data, InstantSource clock)
      throws StartException, InterruptedException {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.add(data);
    try {
      return new Server(lifecycle, build(setting, data, clock, lifecycle));
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
      Setting setting, DataDirectory data, InstantSource clock, Lifecycle lifecycle)
      throws StartException, InterruptedException {
    ServerConfig config = setting.config();
    MetricRegistry metrics = new MetricRegistry();
    Storage storage = Storage.open(config, data, metrics, clock, lifecycle);
    String name = createNameAndKeys(config, data, storage, clock);
    Features features = Features.start(name, config, storage, clock, lifecycle, setting.whenDead());
    List<BindableService> services = new ArrayList<>(features.services());
    services.add(operations(name, setting, storage, features, clock));
    Credentials credentials = credentials(config, storage, clock);
    CachedBooks cached = features.cached();
    Identity identity =
        new Identity(
            storage.databases().scheduler(),
            storage.databases().api(),
            credentials,
            config.guard().identity(),
            book -> {
              features.engine().queue().cancelBook(book);
              cached.changed(List.of(book));
            },
            book -> cached.changed(List.of(book)),
            clock);
    services.add(
        new IdentityGrpcService(
            identity, lifecycle.add(Executors.newVirtualThreadPerTaskExecutor())));
    GrpcListener listener = lifecycle.add(new GrpcListener(config, services, credentials, metrics));
    if (config.guard().workerPort().isPresent()) {
      LOG.info("workers are served on {}", listener.workerAddress());
    }
    BlobSweep sweep = sweep(storage, clock);
    List<Chore> chores = new ArrayList<>(features.chores());
    chores.add(Chore.daily("unused blobs", sweep::run));
    chores.add(Chore.daily("ended logins", identity::sweepLogins));
    lifecycle.add(new Housekeeping(chores));
    lifecycle.add(new DatabaseWatch(storage.databases(), listener::ready));
    // Stopped first: workers get no more offers while the calls under way are finished.
    lifecycle.add(features.engine()::beginDrain);
    return listener.address();
  }

  private static Credentials credentials(
      ServerConfig config, Storage storage, InstantSource clock) {
    Database system = storage.databases().scheduler();
    Optional<TokenCallers> tokens =
        config.guard().oidc().map(oidc -> new TokenCallers(system, oidc, clock));
    return new Credentials(
        system, token -> tokens.flatMap(callers -> callers.caller(token)), clock);
  }

  private static OperationsGrpcService operations(
      String name, Setting setting, Storage storage, Features features, InstantSource clock) {
    SystemLimits limits =
        new SystemLimits(
            setting.config().maxUpload().bytes(),
            PageSize.MAX,
            GrpcListener.MAX_MESSAGE_BYTES,
            features.maxJobsOfOwner());
    SystemParts parts =
        new SystemParts(
            List.of(
                () -> Components.database(storage.databases()),
                () -> Components.cache(storage.cache()),
                () -> Components.blobs(storage.blobs()),
                () -> Components.workers(features.workers())),
            features::workers,
            features::queues);
    return new OperationsGrpcService(
        new ServerIdentity(name, setting.version(), clock.instant()),
        limits,
        parts,
        storage.cache(),
        clock);
  }

  private static BlobSweep sweep(Storage storage, InstantSource clock) {
    Database scheduler = storage.databases().scheduler();
    return new BlobSweep(
        storage.blobs(),
        List.of(new BookBlobs(scheduler), new ResultReferences(scheduler)),
        UNUSED_BLOBS_LIVE,
        clock);
  }

  private static String createNameAndKeys(
      ServerConfig config, DataDirectory data, Storage storage, InstantSource clock)
      throws StartException {
    try {
      SecureRandom random = new SecureRandom();
      String name = ServerName.of(config.chosenName(), data.path(), random);
      Path folder = data.privateFolder("keys");
      KeyFiles files = new KeyFiles(storage.databases().scheduler(), folder, name, clock, random);
      for (Path file : files.ensure()) {
        LOG.info("new API key in {}", file);
      }
      return name;
    } catch (IOException e) {
      throw new StartException(
          ExitCode.DATA_DIR_UNUSABLE, "keys cannot be written: " + e.getMessage(), e);
    }
  }
}
