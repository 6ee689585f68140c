package dev.scriptorium.loadtest.parse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The command {@code scriptorium-worker try parse} as it is built.
 *
 * @param launcher its program
 */
record WorkerTrial(Path launcher) {
  /** Takes a result, whose text is not kept. */
  interface Take {
    void result(JsonObject result);
  }

  /**
   * Parses the files in one runner; a result comes as soon as it is there.
   *
   * @param heap of the runner
   * @param caches folder of AOT caches, which every runner of a worker starts from
   */
  void parse(List<Path> files, String heap, Path caches, Take take)
      throws IOException, InterruptedException {
    parse(files, List.of("--runner-heap", heap, "--aot-cache", caches.toString()), take);
  }

  private void parse(List<Path> files, List<String> options, Take take)
      throws IOException, InterruptedException {
    Path list = Files.createTempFile("books", ".list");
    try {
      Files.write(list, files.stream().map(Path::toString).toList());
      List<String> arguments = new ArrayList<>(List.of("@" + list, "--format", "json", "--stats"));
      arguments.addAll(options);
      Process process = start(List.of(), arguments);
      try (BufferedReader lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          take.result(JsonParser.parseString(line).getAsJsonObject());
        }
      }
      process.waitFor();
    } finally {
      Files.delete(list);
    }
  }

  /**
   * The median pass over one file, in milliseconds.
   *
   * @param before what confines the process, before its program; may be empty
   */
  double medianPassMillis(List<String> before, Path file, int warmup, int measured)
      throws IOException, InterruptedException {
    Process process = start(before, List.of(file.toString(), "--repeat", warmup + "," + measured));
    return answer(process).get("median_pass_millis").getAsDouble();
  }

  /**
   * Parses a file several times, each in a new runner, and gives what each took.
   *
   * @param caches folder of AOT caches; one is made there when none fits
   */
  List<JsonObject> inNewRunners(Path file, int times, Path caches)
      throws IOException, InterruptedException {
    List<JsonObject> stats = new ArrayList<>();
    parse(
        Collections.nCopies(times, file),
        List.of("--fresh-runners", "--aot-cache", caches.toString()),
        result -> stats.add(result.getAsJsonObject("stats")));
    if (stats.size() < times || stats.contains(null)) {
      throw new IOException("not every new runner could read " + file);
    }
    return stats;
  }

  private static JsonObject answer(Process process) throws IOException, InterruptedException {
    byte[] bytes = process.getInputStream().readAllBytes();
    String answer = new String(bytes, StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("try ended with " + process.exitValue() + ": " + answer);
    }
    return JsonParser.parseString(answer).getAsJsonObject();
  }

  private Process start(List<String> before, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of(launcher.toString(), "try", "parse"));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
