package dev.scriptorium.worker.trial;

import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.files.PluginFolder;
import dev.scriptorium.worker.files.WorkDirectory;
import dev.scriptorium.worker.files.WorkDirectoryException;
import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.pool.RunnerSettings;
import dev.scriptorium.worker.pool.Sandbox;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scriptorium-worker try}: what a plugin makes of a local file. */
@Command(
    name = "try",
    description = {
      "Runs a plugin on a local file, without a server, and prints what it made.",
      "analyze and summarize run the whole chain: parse, analyze, summarize."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TryCommand implements Callable<Integer> {
  private static final int OK = 0;
  private static final int FAILED = 2;

  /** How to print. */
  enum Format {
    json,
    text
  }

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "inspect, parse, analyze, summarize, or a plugin's own kind.")
  String kind = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The book.")
  Path file = Path.of("");

  @Option(names = "--format", description = "json or text.")
  Format format = Format.text;

  @Option(names = "--html", description = "With json: print the chapters' HTML, too.")
  boolean html;

  @Option(
      names = "--media-type",
      paramLabel = "TYPE",
      description = "Media type of the file; without it the content decides.")
  @Nullable String mediaType;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "Language of the book, BCP 47; without it what the book states.")
  String language = "";

  @Option(names = "--runner-heap", paramLabel = "SIZE", description = "Heap of the runner.")
  String runnerHeap = "512m";

  @Option(names = "--timeout-seconds", paramLabel = "N", description = "Time for each job.")
  int timeoutSeconds = 600;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder with jars of further plugins.")
  @Nullable Path plugins;

  @Option(
      names = "--sandbox",
      paramLabel = "LEVEL",
      description = "How far the runner is shut in: auto, bwrap, setpriv, none.")
  String sandbox = "auto";

  @Override
  public Integer call() throws IOException, InterruptedException, WorkDirectoryException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ParameterException(spec().commandLine(), "no such file: " + file);
    }
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), false);
    try {
      attempt(out);
      return OK;
    } catch (TrialException e) {
      report(out, e);
      return FAILED;
    } finally {
      out.println();
      out.flush();
    }
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this");
    }
    return spec;
  }

  private void attempt(PrintWriter out)
      throws TrialException, IOException, InterruptedException, WorkDirectoryException {
    String type = mediaType == null ? detect() : mediaType;
    Path place = Files.createTempDirectory("scriptorium-try");
    try (WorkDirectory directory = WorkDirectory.open(place);
        TrialRunner runner = runner(directory)) {
      TrialResult result =
          new Trial(runner, directory.jobs(), file.toAbsolutePath(), type, language).run(kind);
      if (format == Format.json) {
        new JsonReport(out, html).print(kind, result);
      } else {
        new TextReport(out).print(result);
      }
    } finally {
      FileTree.delete(place);
    }
  }

  private TrialRunner runner(WorkDirectory directory) throws IOException {
    try {
      RunnerSettings settings =
          RunnerSettings.of(
              WorkPlace.java(),
              PluginFolder.classPath(plugins),
              directory.runners(),
              ByteSize.parse(runnerHeap));
      return new TrialRunner(
          settings,
          Sandbox.probe(sandbox, settings),
          directory.aot(),
          Duration.ofSeconds(timeoutSeconds));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), e.getMessage(), e);
    }
  }

  private String detect() throws TrialException, IOException {
    if (Files.size(file) == 0) {
      throw refused(ErrorReason.ERROR_REASON_FILE_EMPTY, "the file has no bytes");
    }
    return BookFormat.of(file)
        .orElseThrow(
            () ->
                refused(
                    ErrorReason.ERROR_REASON_FORMAT_UNSUPPORTED,
                    "the content is of no supported format"));
  }

  private TrialException refused(ErrorReason reason, String message) {
    return new TrialException(
        Failure.newBuilder()
            .setReason(reason)
            .setMessage(file.getFileName() + ": " + message)
            .build(),
        "");
  }

  private void report(PrintWriter out, TrialException e) throws IOException {
    if (format == Format.json) {
      new JsonReport(out, html).print(e.failure());
    } else {
      String reason = e.failure().getReason().name().replace("ERROR_REASON_", "");
      out.println("failed: " + reason + ": " + e.failure().getMessage());
    }
    boolean unexpected =
        e.failure().getReason() == ErrorReason.ERROR_REASON_PLUGIN_FAILED
            || e.failure().getReason() == ErrorReason.ERROR_REASON_RUNNER_CRASHED;
    if (unexpected) {
      System.err.println(e.logTail());
    }
  }
}
