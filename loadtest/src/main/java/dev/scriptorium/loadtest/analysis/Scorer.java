package dev.scriptorium.loadtest.analysis;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the scorer that comes with a corpus. */
final class Scorer {
  private Scorer() {}

  /**
   * @param script in Python
   * @param gold what readers marked
   * @param found what the analysis found
   * @return figures by their names
   */
  static JsonObject score(Path script, Path gold, List<JsonObject> found)
      throws IOException, InterruptedException {
    Path predictions = Files.createTempFile("predictions", ".jsonl");
    try {
      Files.write(predictions, found.stream().map(JsonObject::toString).toList());
      Process process =
          new ProcessBuilder(
                  "python3", script.toString(), gold.toString(), predictions.toString(), "--json")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(script + " ended with " + process.exitValue());
      }
      return JsonParser.parseString(printed).getAsJsonObject();
    } finally {
      Files.delete(predictions);
    }
  }
}
