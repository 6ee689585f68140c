package dev.scriptorium.server;

import dev.scriptorium.server.embedded.DataDirectory;
import dev.scriptorium.server.embedded.DirectoryInUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of the server: reads it, starts the server, and stops it with the process. */
@Command(
    name = "scriptorium-server",
    mixinStandardHelpOptions = true,
    versionProvider = ServerMain.Version.class,
    sortOptions = false,
    description = "The Scriptorium control server: gRPC for reading apps and workers.",
    footer = {
      "",
      "Sizes: 512MB, 2GB (units of 1024). Times: 250ms, 10s, 5m, 1h.",
      "Exit codes: 0 stopped, 2 usage, 10 port taken, 11 data directory in use, 12 database",
      "unreachable, 13 embedded database failed, 14 disk full, 15 data directory unusable,",
      "70 internal error."
    })
final class ServerMain implements Callable<Integer> {
  @Mixin private final ServerOptions options = new ServerOptions();

  private ServerMain() {}

  /** Runs until a signal comes. */
  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    int code =
        new CommandLine(new ServerMain())
            .registerConverter(ByteSize.class, ByteSize::parse)
            .registerConverter(Duration.class, Durations::parse)
            .registerConverter(ListenAddress.class, ListenAddress::parse)
            .setExecutionExceptionHandler((e, _, _) -> internalError(e))
            .execute(args);
    System.exit(code);
  }

  @Override
  public Integer call() throws Exception {
    ServerConfig config;
    try {
      config = options.config();
    } catch (IllegalArgumentException e) {
      return fail(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    try {
      return run(config);
    } catch (StartException e) {
      return fail(e.exitCode(), String.valueOf(e.getMessage()));
    }
  }

  private static int run(ServerConfig config) throws StartException, InterruptedException {
    checkPort(config.listen());
    DataDirectory data = lock(config.dataDir());
    String version = Version.of();
    CountDownLatch dead = new CountDownLatch(1);
    Server.Setting setting = new Server.Setting(config, version, dead::countDown);
    Server server = Server.start(setting, data, ShiftedClock.of(Clock.systemUTC()));
    // A signal ends the process when its hooks have ended, so the hook is where the drain happens.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    announce(data.path(), server.address(), version);
    dead.await();
    return fail(ExitCode.INTERNAL, "another server has taken over from this one: start it again");
  }

  private static void checkPort(ListenAddress listen) throws StartException {
    try {
      listen.checkFree();
    } catch (IOException e) {
      throw new StartException(
          ExitCode.PORT_TAKEN, "cannot listen on %s: %s".formatted(listen, e.getMessage()), e);
    }
  }

  private static DataDirectory lock(Path path) throws StartException {
    try {
      return DataDirectory.lock(path);
    } catch (DirectoryInUseException e) {
      throw new StartException(ExitCode.DATA_DIR_IN_USE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new StartException(ExitCode.DATA_DIR_UNUSABLE, String.valueOf(e.getMessage()), e);
    }
  }

  // Complete or absent: launchers wait for the file.
  private static void announce(Path data, ListenAddress address, String version)
      throws StartException {
    try {
      Path unfinished = Files.writeString(data.resolve("server.address.tmp"), address + "\n");
      Files.move(unfinished, data.resolve("server.address"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartException(
          ExitCode.DATA_DIR_UNUSABLE, "server.address cannot be written: " + e.getMessage(), e);
    }
    System.out.println("Scriptorium " + version + " is ready on " + address);
  }

  private static int fail(ExitCode code, String message) {
    System.err.println("scriptorium-server: " + message);
    return code.value();
  }

  private static int internalError(Exception e) {
    org.slf4j.LoggerFactory.getLogger(ServerMain.class).error("internal error", e);
    return fail(ExitCode.INTERNAL, "internal error: " + e);
  }

  /** Tells the version from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    static String of() {
      String version = ServerMain.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"Scriptorium " + of()};
    }
  }
}
