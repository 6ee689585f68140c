package dev.scriptorium.worker.trial;

import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.PluginFolder;
import dev.scriptorium.worker.files.WorkDirectoryException;
import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.pool.RunnerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scriptorium-worker try}: what a plugin makes of local files. */
@Command(
    name = "try",
    description = {
      "Runs a plugin on local files, without a server, and prints what it made.",
      "analyze and summarize run the whole chain: parse, analyze, summarize.",
      "What is printed is described in ops/formats/try.md."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TryCommand implements Callable<Integer> {
  private static final int OK = 0;
  private static final int FAILED = 2;

  /** Kinds that need jobs of other kinds before. */
  private static final Set<String> CHAIN = Set.of(JobKinds.ANALYZE, JobKinds.SUMMARIZE);

  /** How the members of the analysis work together. */
  enum Mode {
    single,
    parallel,
    sequential,
    ensemble,
    adaptive
  }

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

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "The book; a folder of books; or @LIST, a file with one path a line.")
  String files = "";

  @Option(names = "--format", description = "json or text.")
  Format format = Format.text;

  @Option(names = "--html", description = "With json: print the chapters' HTML, too.")
  boolean html;

  @Option(names = "--stats", description = "Also print time, bytes and peak memory.")
  boolean stats;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write each file's result to a file of its own in this folder.")
  @Nullable Path out;

  @Option(
      names = "--plain",
      description = "analyze: the file is one chapter, its UTF-8 text taken as it is.")
  boolean plain;

  @Option(
      names = "--mode",
      description = "analyze: how the members work together: ${COMPLETION-CANDIDATES}.")
  Mode mode = Mode.ensemble;

  @Option(
      names = "--repeat",
      paramLabel = "WARMUP,MEASURED",
      description = {
        "Print, instead of results, how long the median pass over all files takes in one warm",
        "process, which is not shut in. For kinds that read a book's file: inspect, parse."
      })
  @Nullable String repeat;

  @Option(names = "--threads", paramLabel = "N", description = "With --repeat: threads.")
  int threads = 1;

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
      names = "--aot-cache",
      paramLabel = "DIR",
      description = {
        "Start the runner from the AOT cache in this folder, so that it is ready sooner; when none",
        "there fits, it is made first, which takes some ten seconds."
      })
  @Nullable Path aotCache;

  @Option(
      names = "--fresh-runners",
      description = "Start a new runner for every file, as a worker does when one is used up.")
  boolean freshRunners;

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
    try {
      TrialFiles trial = TrialFiles.of(files);
      return repeat == null ? each(trial) : passes(trial, Passes.Extent.parse(repeat, threads));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), e.getMessage(), e);
    }
  }

  private int each(TrialFiles trial)
      throws IOException, InterruptedException, WorkDirectoryException {
    var show = new JsonReport.Show(html, stats, trial.many());
    TrialOutput output = new TrialOutput(format, show, out);
    var book =
        new TrialSession.Book(
            mediaType, language, plain, mode.name(), Duration.ofSeconds(timeoutSeconds));
    int code = OK;
    var start =
        new TrialSession.Start(
            this::settings,
            sandbox,
            aotCache == null ? null : aotCache.toAbsolutePath(),
            freshRunners);
    try (TrialSession session = new TrialSession(start, book)) {
      for (Path file : trial.files()) {
        try {
          session.run(kind, file, result -> output.result(file, kind, result));
        } catch (TrialException e) {
          output.failure(file, e);
          code = FAILED;
        }
      }
    }
    return code;
  }

  private int passes(TrialFiles trial, Passes.Extent extent)
      throws IOException, InterruptedException {
    return new Passes(settings(Path.of(System.getProperty("java.io.tmpdir"))), extent)
        .run(kind, mediaType, language, trial.files());
  }

  private RunnerSettings settings(Path runners) {
    RunnerSettings settings =
        RunnerSettings.of(
            WorkPlace.java(), PluginFolder.classPath(plugins), runners, ByteSize.parse(runnerHeap));
    // Refuses a heap that no runner starts with, while somebody listens.
    var _ = settings.caps();
    return CHAIN.contains(kind) ? settings : settings.onlyFor(kind);
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this");
    }
    return spec;
  }
}
