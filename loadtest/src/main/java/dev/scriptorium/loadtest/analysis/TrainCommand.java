package dev.scriptorium.loadtest.analysis;

import com.google.gson.JsonObject;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Learns the weights of the passage models and says in their header how good they are. */
@Command(
    name = "analysis-train",
    mixinStandardHelpOptions = true,
    description =
        "Learns the weights of the passage models from labelled paragraphs and writes them as the"
            + " plugin's resource.")
public final class TrainCommand implements Callable<Integer> {
  private static final String RESOURCE =
      "workers/plugins/analysis/src/main/resources/dev/scriptorium/plugin/analysis/"
          + "passage-weights.txt";

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      description = "With the folder descriptions (default: beside the source tree).")
  private Path corpus = Installation.find().root().resolveSibling("shared").resolve("corpus");

  @Option(names = "--out", paramLabel = "FILE", description = "Default: the plugin's resource.")
  private Path out = Installation.find().root().resolve(RESOURCE);

  @Override
  public Integer call() throws IOException, InterruptedException {
    Descriptions descriptions = new Descriptions(corpus.resolve("descriptions"));
    List<String> lines = new ArrayList<>(header(descriptions.crossValidated("ENSEMBLE")));
    lines.addAll(descriptions.learned());
    Files.write(out, lines);
    return 0;
  }

  private static List<String> header(JsonObject scores) {
    return List.of(
        "# Weights of the members (logistic regressions, L2, on what each looks at) and of the",
        "# ensemble (the same, on what the members say of texts they did not learn from).",
        "# Trained by scriptorium-loadtest analysis-train on the paragraph labels of the"
            + " Scriptorium",
        "# description corpus, development part: %s paragraphs of English novels in the public"
            .formatted(scores.get("paragraphs")),
        "# domain, labels CC BY 4.0. Only the weights are here.",
        "# Each text judged by what the others taught: F1 %s, recall of priority 3 %s,"
            .formatted(scores.get("F1"), scores.get("recall_priority3")),
        "# macro-F1 of types %s, NDCG@5 %s."
            .formatted(scores.get("macro_F1_types"), scores.get("NDCG@5_mean_over_docs")),
        "# description: priority > 0; good: > 1; outstanding: > 2; then the types. plain.*: shape",
        "# as it is measured in languages without models. Lines: member.output feature weight.");
  }
}
