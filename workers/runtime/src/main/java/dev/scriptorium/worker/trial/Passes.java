package dev.scriptorium.worker.trial;

import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.worker.pool.RunnerFlags;
import dev.scriptorium.worker.pool.RunnerSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes over all files in one process that keeps warm and does nothing else: no job directories,
 * no packs. It has the runner's heap and classes and prints its figures itself.
 */
record Passes(RunnerSettings settings, Extent extent) {
  private static final Set<String> NOT_OF_A_FILE = Set.of(JobKinds.ANALYZE, JobKinds.SUMMARIZE);
  private static final String MAIN = "dev.scriptorium.worker.runner.PassesMain";

  /**
   * How much is done.
   *
   * @param warmup passes that do not count, at least 0
   * @param measured passes that count, at least 1
   * @param threads that share the files of a pass, at least 1
   */
  record Extent(int warmup, int measured, int threads) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6}),(\\d{1,6})");

    Extent {
      if (measured < 1 || threads < 1) {
        throw new IllegalArgumentException("--repeat and --threads want at least 1 of each");
      }
    }

    /** Reads {@code WARMUP,MEASURED}. */
    static Extent parse(String text, int threads) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("--repeat " + text + " is not WARMUP,MEASURED");
      }
      return new Extent(
          Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), threads);
    }
  }

  /**
   * Runs them and lets the process print.
   *
   * @param mediaType of all files; null: their content decides
   * @return its exit code: 0, or 2 when a file gave no result
   */
  int run(String kind, @Nullable String mediaType, String language, List<Path> files)
      throws IOException, InterruptedException {
    if (NOT_OF_A_FILE.contains(kind)) {
      throw new IllegalArgumentException("--repeat is for kinds that read a book's file");
    }
    try (ScratchFolder temporary = new ScratchFolder("scriptorium-passes")) {
      ProcessBuilder builder =
          new ProcessBuilder(command(kind, language, temporary.path()))
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(RunnerFlags.environment());
      Process process = builder.start();
      boolean complete = tell(process, mediaType, files);
      process.getInputStream().transferTo(System.out);
      System.out.flush();
      int code = process.waitFor();
      return code == 0 && !complete ? 2 : code;
    }
  }

  private List<String> command(String kind, String language, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(settings.java().toString());
    command.addAll(RunnerFlags.of(settings.caps()));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Dpdfbox.fontcache=" + temporary);
    command.addAll(List.of("-cp", settings.classPath(), MAIN, kind, language));
    for (int number : List.of(extent.warmup(), extent.measured(), extent.threads())) {
      command.add(Integer.toString(number));
    }
    return command;
  }

  /** Names the files that can be read; true when all can. */
  private static boolean tell(Process process, @Nullable String mediaType, List<Path> files)
      throws IOException {
    boolean complete = true;
    try (BufferedWriter to =
        new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8), 1 << 16)) {
      for (Path file : files) {
        try {
          to.write(TrialSession.type(file, mediaType) + "\t" + file.toAbsolutePath() + "\n");
        } catch (TrialException e) {
          System.err.println(e.getMessage());
          complete = false;
        }
      }
    }
    return complete;
  }
}
