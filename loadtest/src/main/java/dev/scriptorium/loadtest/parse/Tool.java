package dev.scriptorium.loadtest.parse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A program that reads one file and writes its text to standard output: one process a file.
 *
 * @param command program and options, before the file
 * @param after what follows the file
 */
record Tool(List<String> command, List<String> after) implements Contender {
  /** The program as it is started, whether installed or not. */
  String program() {
    return command.getFirst();
  }

  /** True when it is on the PATH. */
  boolean installed() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program())));
  }

  @Override
  public String name() {
    return String.join(" ", command) + ", a process each";
  }

  @Override
  public long pass(List<Path> files) throws IOException, InterruptedException {
    long bytes = 0;
    for (Path file : files) {
      List<String> line = new ArrayList<>(command);
      line.add(file.toString());
      line.addAll(after);
      Process process =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      bytes += process.getInputStream().readAllBytes().length;
      if (process.waitFor() != 0) {
        throw new IOException(line + " ended with " + process.exitValue());
      }
    }
    return bytes;
  }
}
