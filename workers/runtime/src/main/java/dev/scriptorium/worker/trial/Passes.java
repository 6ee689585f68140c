package dev.scriptorium.worker.trial;

import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.pool.RunnerSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Path temporary = Files.createTempDirectory("scriptorium-passes");
    try {
      Process process =
          new ProcessBuilder(
                  settings.java().toString(),
                  "-Xmx" + settings.heap(),
                  "-Xss2m",
                  "-XX:+UseSerialGC",
                  "-XX:+ExitOnOutOfMemoryError",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-Djava.awt.headless=true",
                  "-Djava.io.tmpdir=" + temporary,
                  "-Dpdfbox.fontcache=" + temporary,
                  "-cp",
                  settings.classPath(),
                  MAIN,
                  kind,
                  language,
                  String.valueOf(extent.warmup()),
                  String.valueOf(extent.measured()),
                  String.valueOf(extent.threads()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      boolean complete = tell(process, mediaType, files);
      process.getInputStream().transferTo(System.out);
      System.out.flush();
      int code = process.waitFor();
      return code == 0 && !complete ? 2 : code;
    } finally {
      FileTree.delete(temporary);
    }
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
