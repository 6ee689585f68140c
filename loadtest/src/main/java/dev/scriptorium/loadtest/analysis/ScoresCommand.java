package dev.scriptorium.loadtest.analysis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the analysis finds in texts that readers marked, by the scorers that come with them. */
@Command(
    name = "analysis-scores",
    mixinStandardHelpOptions = true,
    description =
        "Analyzes the annotated novels and prints the scores; what is learned is learned from all"
            + " texts but the one that is scored. Ends with 1 when a goal is missed.")
public final class ScoresCommand implements Callable<Integer> {
  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      description = "With the folders descriptions and litbank (default: beside the source tree).")
  private Path corpus = Installation.find().root().resolveSibling("shared").resolve("corpus");

  @Option(
      names = "--mode",
      defaultValue = "ENSEMBLE",
      description = "How the members work together (default: ENSEMBLE, which the goals are for).")
  private String mode = "ENSEMBLE";

  private boolean missed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Table table = Table.of("Scores", "what", "score", "goal");
    Descriptions descriptions = new Descriptions(corpus.resolve("descriptions"));
    JsonObject passages = descriptions.crossValidated(mode);
    check(table, "passages: F1", passages.get("F1"), 0.82);
    check(table, "passages: recall of priority 3", passages.get("recall_priority3"), 0.98);
    check(table, "passages: macro-F1 of types", passages.get("macro_F1_types"), 0.55);
    check(table, "passages: NDCG@5", passages.get("NDCG@5_mean_over_docs"), 0.82);
    // What was learned from these very texts: far above what the others taught, it was overfitted.
    JsonObject shipped = descriptions.shipped(mode);
    table.row("passages, weights that saw the text: F1", shipped.get("F1").getAsDouble(), "");
    table.row(
        "passages, weights that saw the text: macro-F1",
        shipped.get("macro_F1_types").getAsDouble(),
        "");
    JsonObject names = new Names(corpus.resolve("litbank")).scores();
    check(table, "characters: relaxed F1", f1(names, "relaxed_CHARACTER_PROP"), 0.87);
    check(table, "characters: exact F1", f1(names, "exact_CHARACTER_PROP"), 0.75);
    check(table, "places: relaxed F1", f1(names, "relaxed_PLACE_PROP"), 0.75);
    check(table, "aliases: B3 F1", f1(names, "B3"), 0.88);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    table.print(out);
    out.flush();
    return missed ? 1 : 0;
  }

  /** The last of precision, recall and F1. */
  private static JsonElement f1(JsonObject scores, String what) {
    return scores.getAsJsonArray(what + "_PRF").get(2);
  }

  private void check(Table table, String what, JsonElement score, double goal) {
    boolean good = score.getAsDouble() >= goal;
    missed |= !good;
    if (good) {
      table.row(what, score.getAsDouble(), goal);
    } else {
      table.badRow(what, score.getAsDouble(), goal);
    }
  }
}
