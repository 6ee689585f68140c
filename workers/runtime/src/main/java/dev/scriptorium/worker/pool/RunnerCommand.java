package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line and environment of a runner. Immutable. */
final class RunnerCommand {
  /** Limits of the parsers, handed on from the worker's own settings. */
  private static final String LIMITS = "scriptorium.limits";

  /**
   * With profiles in the cache the optimizing compiler begins with hundreds of methods at once, and
   * on two processors that keeps the start itself waiting.
   */
  private static final List<String> NO_PROFILES =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final String MAIN = "dev.scriptorium.worker.runner.RunnerMain";

  private final RunnerSettings settings;
  private final Sandbox sandbox;
  private final AotCache cache;

  RunnerCommand(RunnerSettings settings, Sandbox sandbox, AotCache cache) {
    this.settings = settings;
    this.sandbox = sandbox;
    this.cache = cache;
  }

  /**
   * Starts a runner with pipes for all three streams.
   *
   * @param directory the runner's own folder; exists
   * @param caps what it may take
   */
  Process start(Path directory, RunnerCaps caps) throws IOException {
    Optional<Path> aot = cache.file();
    List<String> flags = new ArrayList<>(RunnerFlags.of(caps));
    aot.ifPresent(file -> flags.add("-XX:AOTCache=" + file));
    List<String> command = command(flags, directory, List.of());
    List<Path> readable = new ArrayList<>(classPathFolders());
    readable.add(javaHome());
    aot.ifPresent(readable::add);
    return start(sandbox.wrap(command, directory, readable, List.of(directory)), directory);
  }

  /**
   * Starts a runner that only warms its plugins and ends, so that the JVM writes a cache.
   *
   * @param directory a folder of its own; exists
   */
  Process startTraining(Path directory) throws IOException {
    Files.createDirectories(cache.folder());
    List<String> flags = new ArrayList<>(RunnerFlags.of(settings.caps()));
    flags.add("-XX:AOTCacheOutput=" + cache.draft());
    flags.addAll(NO_PROFILES);
    List<String> command = new ArrayList<>();
    // Whoever waits for a book comes first.
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", "19"));
    }
    command.addAll(command(flags, directory, List.of("--train")));
    List<Path> readable = new ArrayList<>(classPathFolders());
    readable.add(javaHome());
    sandbox.admit(cache.folder());
    List<Path> writable = List.of(directory, cache.folder());
    return start(sandbox.wrap(command, directory, readable, writable), directory);
  }

  private List<String> command(List<String> flags, Path directory, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(settings.java().toString());
    command.addAll(flags);
    command.add("-XX:ErrorFile=" + errorFile(directory));
    command.add("-Djava.io.tmpdir=" + temporary(directory));
    command.add("-Duser.home=" + directory);
    command.add("-Dpdfbox.fontcache=" + temporary(directory));
    String limits = System.getProperty(LIMITS, "");
    if (!limits.isEmpty()) {
      command.add("-D" + LIMITS + "=" + limits);
    }
    command.addAll(settings.extraFlags());
    command.addAll(List.of("-cp", settings.classPath(), MAIN));
    command.addAll(arguments);
    return command;
  }

  /** Where the JVM writes when it crashes. */
  static Path errorFile(Path directory) {
    return directory.resolve("hs_err.log");
  }

  private static Path temporary(Path directory) {
    return directory.resolve("tmp");
  }

  private Process start(List<String> command, Path directory) throws IOException {
    Files.createDirectories(temporary(directory));
    sandbox.admit(directory);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", directory.toString());
    environment.put("LANG", "C.UTF-8");
    environment.putAll(RunnerFlags.environment());
    return builder.start();
  }

  private List<Path> classPathFolders() {
    return settings.classPathEntries().stream()
        .map(Path::toAbsolutePath)
        .map(entry -> Files.isDirectory(entry) ? entry : entry.getParent())
        .filter(folder -> folder != null && Files.exists(folder))
        .distinct()
        .toList();
  }

  private Path javaHome() {
    Path program = settings.java().toAbsolutePath();
    Path bin = program.getParent();
    Path home = bin == null ? null : bin.getParent();
    return home == null ? program : home;
  }
}
