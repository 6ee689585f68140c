package dev.scriptorium.worker.trial;

import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.v1.Warning;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where results go: to standard output, or to one file each. What is no result goes to standard
 * error. Not thread-safe.
 */
final class TrialOutput {
  private final TryCommand.Format format;
  private final JsonReport.Show show;
  private final @Nullable Path folder;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param folder where each file's result is written, by the file's name; null: standard output
   * @throws IllegalArgumentException when nothing can be written there
   */
  TrialOutput(TryCommand.Format format, JsonReport.Show show, @Nullable Path folder) {
    this.format = format;
    this.show = show;
    this.folder = folder;
    try {
      if (folder != null && !Files.isWritable(Files.createDirectories(folder))) {
        throw new IllegalArgumentException("cannot write to " + folder);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot make the folder " + folder + ": " + e, e);
    }
  }

  /** Prints what a job made of a file, and its warnings as a text has no place for them. */
  void result(Path file, String kind, TrialResult result) throws IOException {
    try (PrintWriter out = open(file)) {
      if (format == TryCommand.Format.json) {
        new JsonReport(out, show).print(file, Files.size(file), kind, result);
        out.println();
      } else if (kind.equals(JobKinds.PARSE)) {
        heading(out, file);
        new BookText(out).print(result);
      } else {
        heading(out, file);
        new TextReport(out).print(result);
      }
      check(out);
    }
    if (format == TryCommand.Format.text) {
      sayWarnings(file, result);
    }
  }

  /** Prints why a file gave no result. */
  void failure(Path file, TrialException e) throws IOException {
    String reason = TrialException.reason(e.failure());
    try (PrintWriter out = open(file)) {
      if (format == TryCommand.Format.json) {
        new JsonReport(out, show).print(file, e.failure());
        out.println();
      } else {
        out.println("failed: " + reason + ": " + e.failure().getMessage());
      }
      check(out);
    }
    if (folder != null) {
      System.err.println(file + ": " + reason + ": " + e.failure().getMessage());
    }
    if (e.unexpected() && !e.logTail().isBlank()) {
      System.err.println(e.logTail());
    }
  }

  private void sayWarnings(Path file, TrialResult result) throws IOException {
    for (ResultItem item : result.items()) {
      if (item.hasWarning()) {
        Warning warning = item.getWarning();
        System.err.println(
            "warning: %s: %s: %s: %s"
                .formatted(
                    file.getFileName(),
                    warning.getReason(),
                    warning.getPlace(),
                    warning.getMessage()));
      }
    }
    if (show.stats()) {
      System.err.println("stats: " + file.getFileName() + ": " + result.stats());
    }
  }

  private void heading(PrintWriter out, Path file) {
    if (show.oneLine() && folder == null) {
      out.println("==> " + file + " <==");
      out.println();
    }
  }

  private PrintWriter open(Path file) throws IOException {
    if (folder == null) {
      // Its end is not the end of standard output.
      return new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)) {
        @Override
        public void close() {
          flush();
        }
      };
    }
    return new PrintWriter(
        Files.newBufferedWriter(folder.resolve(name(file) + "." + extension())), false);
  }

  private static void check(PrintWriter out) throws IOException {
    if (out.checkError()) {
      throw new IOException("cannot write the result");
    }
  }

  private String extension() {
    return format == TryCommand.Format.json ? "json" : "txt";
  }

  /** Files of one name, from several folders, are numbered. */
  private String name(Path file) {
    String name = String.valueOf(file.getFileName());
    String free = name;
    for (int number = 2; !taken.add(free); number++) {
      free = name + "-" + number;
    }
    return free;
  }
}
