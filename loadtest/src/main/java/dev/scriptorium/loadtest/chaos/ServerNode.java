package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.proxy.FaultProxy;
import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.loadtest.system.Services;
import dev.scriptorium.loadtest.system.SystemProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** One server with its links to clients, Postgres and Redis. Thread-safe. */
final class ServerNode implements AutoCloseable {
  /** Flags of JVMs that are started again and again and never live long. */
  static final List<String> SOON_READY = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final long DISK_BYTES = 1L << 30;

  private final Installation installation;
  private final String name;
  private final Path folder;
  private final int port;
  private final FaultProxy clients;
  private final FaultProxy database;
  private final FaultProxy redis;
  private final List<String> arguments;
  private final Path clockOffset;
  private final boolean ownDisk;
  private volatile boolean down;
  private volatile SystemProcess process;

  ServerNode(
      Installation installation,
      Services services,
      String name,
      Path folder,
      RandomGenerator random)
      throws IOException {
    this.installation = installation;
    this.name = name;
    this.folder = folder;
    port = freePort();
    clockOffset = Files.createDirectories(folder).resolve("clock-offset");
    shiftClock(0);
    ownDisk = SmallDisk.mount(Files.createDirectories(blobs()), DISK_BYTES);
    clients = proxy("clients to " + name, port, random);
    database = proxy(name + " to Postgres", services.databasePort(), random);
    redis = proxy(name + " to Redis", services.redisPort(), random);
    arguments =
        List.of(
            "--listen",
            "127.0.0.1:" + port,
            "--data-dir",
            folder.resolve("data").toString(),
            "--name",
            name,
            "--free-space-floor",
            "32MB",
            "--database-url",
            services.databaseUrl(database.port()),
            "--redis-url",
            services.redisUrl(redis.port()));
    process = launch();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static FaultProxy proxy(String name, int port, RandomGenerator random) throws IOException {
    return FaultProxy.start(
        name, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), random);
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  SystemProcess process() {
    return process;
  }

  FaultProxy clients() {
    return clients;
  }

  FaultProxy database() {
    return database;
  }

  FaultProxy redis() {
    return redis;
  }

  /** Says whether it has to stay down when it has ended. */
  void holdDown(boolean hold) {
    down = hold;
  }

  /** Sets its wall clock forward, or back when negative. */
  void shiftClock(long seconds) throws IOException {
    Files.writeString(clockOffset, seconds + "\n");
  }

  /** True when its blobs are on a disk of their own, which can be filled. */
  boolean ownDisk() {
    return ownDisk;
  }

  /** Fills that disk with one file, and returns it. */
  Path fillDisk() throws IOException {
    return SmallDisk.fill(blobs());
  }

  /** Starts it again, without waiting. */
  synchronized void restart() throws IOException {
    if (!process.alive() && !down) {
      process = launch();
    }
  }

  /** True when it has announced that it serves. */
  boolean ready() {
    return process.alive() && Files.exists(announcement());
  }

  Path keyFile(String role) {
    return folder.resolve("data/keys").resolve(role + ".key");
  }

  Path blobs() {
    return folder.resolve("data/blobs");
  }

  List<FaultProxy> links() {
    return List.of(clients, database, redis);
  }

  @Override
  public void close() throws IOException {
    process.close();
    for (FaultProxy link : links()) {
      link.close();
    }
    if (ownDisk) {
      SmallDisk.unmount(blobs());
    }
  }

  private SystemProcess launch() throws IOException {
    Files.deleteIfExists(announcement());
    List<String> flags = new ArrayList<>(SOON_READY);
    flags.add("-Dscriptorium.clock.offset.file=" + clockOffset);
    return installation.startServer(name, flags, arguments, folder.resolve("server.log"));
  }

  private Path announcement() {
    return folder.resolve("data/server.address");
  }
}
