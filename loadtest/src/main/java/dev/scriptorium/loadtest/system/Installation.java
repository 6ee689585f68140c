package dev.scriptorium.loadtest.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The built applications of this source tree.
 *
 * @param root the folder with the parent pom
 */
public record Installation(Path root) {
  private static final String OWN_HEAP = "512m";
  private static final String SERVER_LIBRARY = "server/target/app/lib";
  private static final String WORKER_LIBRARY = "workers/distribution/target/app/lib";
  private static final String OWN_PLUGINS = "scriptorium-plugin-(?!api).*|opennlp-models.*";
  private static final List<String> JVM_FLAGS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  /** Finds the root above the working directory. */
  public static Installation find() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("proto")) && Files.isDirectory(folder.resolve("ops"))) {
        return new Installation(folder);
      }
    }
    throw new IllegalStateException("not inside the source tree: " + Path.of("").toAbsolutePath());
  }

  /** A file of the shared test corpus beside the source tree; empty when there is none. */
  public Optional<Path> corpus() {
    Path corpus = root.resolveSibling("shared").resolve("corpus");
    return Files.isDirectory(corpus) ? Optional.of(corpus) : Optional.empty();
  }

  /** The sample books, built with the project. */
  public List<Path> samples() throws IOException {
    try (var files = Files.list(root.resolve("ops/samples/target/books"))) {
      return files.filter(file -> file.toString().matches(".*\\.(epub|pdf)")).sorted().toList();
    }
  }

  /**
   * A new folder that other users may enter: as root the database runs as another user.
   *
   * @param name start of its name
   */
  public static Path newFolder(String name) throws IOException {
    Path folder = Files.createTempDirectory("scriptorium-" + name);
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Command line of the control server with the heap that it has by itself. */
  List<String> server(List<String> arguments) {
    return server(OWN_HEAP, List.of(), arguments);
  }

  /**
   * Command line of the control server, with the JVM options that its launcher takes from the
   * environment.
   *
   * @param heap its most, as Java's {@code -Xmx} has it, unless the environment says otherwise
   * @param flags others for its JVM
   */
  List<String> server(String heap, List<String> flags, List<String> arguments) {
    List<String> command =
        java("-Xmx" + heap, SERVER_LIBRARY, "dev.scriptorium.server.ServerMain", arguments);
    command.addAll(1, flags);
    String options = Objects.requireNonNullElse(System.getenv("SCRIPTORIUM_SERVER_OPTS"), "");
    // The last one of a kind wins.
    command.addAll(
        command.indexOf("-cp"),
        Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()).toList());
    if (isRehearsed()) {
      command.add(1, "-XX:AOTCache=" + serverCache());
    }
    return command;
  }

  /** True when there is a {@link #serverCache} that was made from the jars as they are. */
  public boolean isRehearsed() {
    File[] jars = root.resolve(SERVER_LIBRARY).toFile().listFiles();
    long made = serverCache().toFile().lastModified();
    return jars != null && Arrays.stream(jars).allMatch(jar -> jar.lastModified() <= made);
  }

  /** What a server's JVM remembers of an earlier run, if it was made. */
  public Path serverCache() {
    return root.resolve("server/target/app/server.aot");
  }

  /** Command line of Postgres and Redis without a server. */
  List<String> services(Path folder) {
    return java(
        "-Xmx64m",
        "server/target/app/lib",
        "dev.scriptorium.server.embedded.ServicesMain",
        List.of(folder.toString()));
  }

  /** The folder with the plugin of the chaos runs. */
  public Path chaosPlugin() {
    return root.resolve("loadtest/target/chaos-plugin");
  }

  /** Command line of the worker. */
  List<String> worker(List<String> arguments) {
    return java("-Xmx128m", WORKER_LIBRARY, "dev.scriptorium.worker.worker.WorkerMain", arguments);
  }

  /**
   * Starts a control server, without waiting until it is ready.
   *
   * @param flags for its JVM
   * @param log takes its output, appended
   */
  public SystemProcess startServer(
      String name, List<String> flags, List<String> arguments, Path log) throws IOException {
    return SystemProcess.start(name, server(OWN_HEAP, flags, arguments), log);
  }

  /**
   * Starts a worker that has none of the plugins it comes with, so that its runners are ready soon;
   * does not wait until it is ready.
   *
   * @param flags for its JVM
   * @param log takes its output, appended
   */
  public SystemProcess startBareWorker(
      String name, List<String> flags, List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>(worker(arguments));
    command.addAll(1, flags);
    command.set(command.indexOf("-cp") + 1, bareClassPath());
    return SystemProcess.start(name, command, log);
  }

  private String bareClassPath() throws IOException {
    try (var jars = Files.list(root.resolve(WORKER_LIBRARY))) {
      return jars.filter(jar -> !jar.getFileName().toString().matches(OWN_PLUGINS))
          .map(Path::toString)
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** Command line of this program, as it runs now. */
  List<String> loadTest(List<String> arguments) {
    return java(
        "-Xmx256m",
        System.getProperty("java.class.path"),
        List.of("dev.scriptorium.loadtest.LoadTestMain"),
        arguments);
  }

  private List<String> java(String heap, String library, String main, List<String> arguments) {
    Path jars = root.resolve(library);
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException("not built: " + jars);
    }
    return java(heap, jars.resolve("*").toString(), List.of(main), arguments);
  }

  private static List<String> java(
      String heap, String classPath, List<String> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.add(heap);
    command.addAll(List.of("-cp", classPath));
    command.addAll(main);
    command.addAll(arguments);
    return command;
  }
}
