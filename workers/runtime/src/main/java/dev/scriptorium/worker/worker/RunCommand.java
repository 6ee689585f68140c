package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.PluginFolder;
import dev.scriptorium.worker.files.WorkDirectory;
import dev.scriptorium.worker.files.WorkDirectoryException;
import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.pool.PoolSettings;
import dev.scriptorium.worker.pool.RunnerSettings;
import dev.scriptorium.worker.pool.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scriptorium-worker run}: works for servers until it is told to end. */
@Command(
    name = "run",
    description = "Takes work from servers until SIGTERM or Ctrl-C.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private final CompletableFuture<Boolean> finished = new CompletableFuture<>();

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--server",
      split = ",",
      paramLabel = "HOST:PORT",
      description =
          "Servers of one installation to work for, separated by commas, or the option repeated. "
              + "A name with several addresses stands for a server at each.")
  List<String> servers = List.of("127.0.0.1:7440");

  @Option(
      names = "--tls",
      description =
          "Encrypt, trusting the authorities that the Java runtime trusts. A server on another "
              + "machine wants this, --tls-ca or --insecure.")
  boolean tls;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust instead; switches TLS on.")
  @Nullable Path authorities;

  @Option(
      names = "--insecure",
      description = "Allow plaintext, the key included, to a server on another machine.")
  boolean insecure;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      required = true,
      description = "File with the secret key of the role worker, alone on its line.")
  @Nullable Path keyFile;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Folder for inputs and results under way; one worker at a time has it.")
  Path workDirectory = WorkPlace.standard();

  @Option(names = "--name", description = "Name of this worker, stable over restarts.")
  String name = WorkerSettings.hostName();

  @Option(
      names = "--runners",
      paramLabel = "N|MIN..MAX",
      description = "Short for --min-runners and --max-runners.")
  @Nullable String runners;

  @Option(
      names = "--min-runners",
      paramLabel = "N",
      description = "Runners to keep ready; without it 1.")
  @Nullable Integer minRunners;

  @Option(
      names = "--max-runners",
      paramLabel = "N",
      description =
          "Runners to have at most when there is work and memory; without it the number of "
              + "processors.")
  @Nullable Integer maxRunners;

  @Option(
      names = "--spare-runners",
      paramLabel = "N",
      description =
          "Runners to keep ready beyond those with work, as far as memory allows: one takes the "
              + "place of a runner that falls or is replaced at once (default: ${DEFAULT-VALUE}).")
  int spareRunners = 1;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory of the worker and all its runners together; without it 60 %% of the machine's.")
  @Nullable String memory;

  @Option(names = "--runner-heap", paramLabel = "SIZE", description = "Heap of an ordinary runner.")
  String runnerHeap = "512m";

  @Option(
      names = "--recycle-after",
      paramLabel = "N",
      description = "Jobs after which a runner is replaced.")
  int recycleAfter = 200;

  @Option(
      names = "--drain-seconds",
      paramLabel = "N",
      description = "Time that running jobs have when the worker is asked to end.")
  int drainSeconds = 30;

  @Option(
      names = "--aot-cache",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Make a cache from which runners start faster; on unless negated.")
  boolean aotCache = true;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder with jars of further plugins.")
  @Nullable Path plugins;

  @Option(
      names = "--sandbox",
      paramLabel = "LEVEL",
      description = "How far runners are shut in: auto, bwrap, setpriv, none.")
  String sandbox = "auto";

  @Option(
      names = "--sandbox-required",
      paramLabel = "LEVEL",
      description = "End when runners cannot be shut in at least this far: bwrap, setpriv.")
  @Nullable String sandboxRequired;

  @Override
  public Integer call() throws InterruptedException {
    try {
      return run().number();
    } catch (WorkDirectoryException e) {
      System.err.println(e.getMessage());
      return ExitCode.WORK_DIRECTORY.number();
    } catch (IOException e) {
      System.err.println("scriptorium-worker: " + e);
      return ExitCode.WORK_DIRECTORY.number();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), e.getMessage(), e);
    } finally {
      finished.complete(true);
    }
  }

  private ExitCode run() throws WorkDirectoryException, IOException, InterruptedException {
    Encryption encryption = Encryption.of(tls, authorities, insecure, servers);
    String key = readKey();
    ByteSize budget = memory == null ? WorkPlace.memory(0.6) : ByteSize.parse(memory);
    try (WorkDirectory directory = WorkDirectory.open(workDirectory)) {
      RunnerSettings each =
          RunnerSettings.of(
                  WorkPlace.java(),
                  PluginFolder.classPath(plugins),
                  directory.runners(),
                  ByteSize.parse(runnerHeap))
              .recycledAfter(recycleAfter);
      Sandbox shut = Sandbox.probe(sandbox, each);
      if (sandboxRequired != null && !shut.reaches(sandboxRequired)) {
        System.err.printf(
            "scriptorium-worker: runners can be shut in as far as '%s' here, '%s' is required%n",
            shut.level().label(), sandboxRequired);
        return ExitCode.SANDBOX;
      }
      ByteSize forRunners =
          new ByteSize(Math.max(0, budget.bytes() - WorkerSettings.OWN_MEMORY.bytes()));
      RunnerCount count =
          RunnerCount.of(runners, minRunners, maxRunners, forRunners, each.caps().hard());
      LOG.info(
          "worker {}: {} to {} runners of {} within {}, sandbox {}{}, {}",
          name,
          count.least(),
          count.most(),
          each.caps().hard(),
          budget,
          shut.level().label(),
          (shut.ownUsers() ? " with users of their own" : "")
              + (shut.networkCut() ? " without network" : ""),
          encryption.tls() ? "TLS" : "plaintext");
      WorkerSettings settings =
          new WorkerSettings(
              servers,
              encryption,
              key,
              name,
              new PoolSettings(
                  count.least(),
                  count.most(),
                  spareRunners,
                  budget,
                  PoolSettings.DEFAULT_IDLE_TIME),
              Duration.ofSeconds(drainSeconds),
              aotCache);
      return work(new Worker(settings, each, shut, directory), settings);
    }
  }

  private ExitCode work(Worker worker, WorkerSettings settings) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> drain(worker, settings.drain()), "drain"));
    worker.start();
    try {
      return worker.end().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      worker.close();
    }
  }

  /** Runs when the process is asked to end, or ends by itself: then there is nothing to do. */
  private void drain(Worker worker, Duration time) {
    if (finished.isDone()) {
      return;
    }
    int code = ExitCode.INTERNAL.number();
    try {
      CompletableFuture<ExitCode> end = worker.drain(time);
      // What cannot be finished is handed back a little after the time is over.
      code = end.get(time.toSeconds() + 5, TimeUnit.SECONDS).number();
      finished.get(5, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("the drain did not end well", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // An orderly end by signal is success; the JVM alone would say 143.
    Runtime.getRuntime().halt(code);
  }

  private String readKey() {
    Path file = keyFile == null ? Path.of("") : keyFile;
    try {
      String key = Files.readString(file).strip();
      if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new IllegalArgumentException("key file " + file + " does not hold a key");
      }
      return key;
    } catch (IOException e) {
      throw new IllegalArgumentException("key file " + file + " cannot be read: " + e, e);
    }
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this");
    }
    return spec;
  }
}
