package dev.scriptorium.loadtest.analysis;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.analysis.AnalysisHandler;
import dev.scriptorium.plugin.analysis.local.TextJob;
import dev.scriptorium.plugin.analysis.members.Vocabulary;
import dev.scriptorium.plugin.analysis.members.WeightTable;
import dev.scriptorium.plugin.analysis.passages.PassageDetector;
import dev.scriptorium.plugin.analysis.text.EnglishModels;
import dev.scriptorium.plugin.analysis.text.WordLists;
import dev.scriptorium.plugin.analysis.text.WordNet;
import dev.scriptorium.plugin.analysis.training.Label;
import dev.scriptorium.plugin.analysis.training.Lesson;
import dev.scriptorium.plugin.analysis.training.PassageTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The paragraphs that a reader labelled, measured. */
final class Descriptions {
  private final Path folder;
  private final Vocabulary vocabulary;
  private final Map<Path, Lesson> lessons = new TreeMap<>();

  /**
   * @param folder of texts, labels and the scorer
   */
  Descriptions(Path folder) throws IOException {
    this.folder = folder;
    this.vocabulary = new Vocabulary(WordLists.load("vocabulary-en.txt"), WordNet.load());
    EnglishModels models = EnglishModels.load();
    for (Path text : Novel.files(folder.resolve("docs"))) {
      String read = Files.readString(text);
      lessons.put(text, Lesson.of(read, labels(name(text)), models, vocabulary));
    }
  }

  /** What is learned from all texts. */
  List<String> learned() {
    return PassageTraining.learn(List.copyOf(lessons.values()));
  }

  /**
   * Scores of what is found in each text by what was learned from the others.
   *
   * @param mode how the members work together
   */
  JsonObject crossValidated(String mode) throws IOException, InterruptedException {
    List<JsonObject> lines = new ArrayList<>();
    for (Path text : lessons.keySet()) {
      List<Lesson> others = new ArrayList<>(lessons.values());
      others.remove(lessons.get(text));
      AnalysisHandler handler = handler(WeightTable.of(PassageTraining.learn(others)));
      lines.addAll(found(handler, text, mode));
    }
    return score(lines);
  }

  /** Scores with the weights that come with the plugin, which were learned from these texts. */
  JsonObject shipped(String mode) throws IOException, InterruptedException {
    AnalysisHandler handler = handler(WeightTable.load());
    List<JsonObject> lines = new ArrayList<>();
    for (Path text : lessons.keySet()) {
      lines.addAll(found(handler, text, mode));
    }
    return score(lines);
  }

  private AnalysisHandler handler(WeightTable weights) throws IOException {
    AnalysisHandler handler = new AnalysisHandler(new PassageDetector(weights, vocabulary));
    handler.warm();
    return handler;
  }

  private static List<JsonObject> found(AnalysisHandler handler, Path text, String mode)
      throws IOException {
    List<JsonObject> lines = new ArrayList<>();
    String options = "mode=" + mode + " breaks=spaces";
    for (Passage p : TextJob.book(handler, List.of(Files.readString(text)), options).passages()) {
      lines.add(line(name(text), p));
    }
    return lines;
  }

  private JsonObject score(List<JsonObject> lines) throws IOException, InterruptedException {
    return Scorer.score(
        folder.resolve("score_descriptions.py"), folder.resolve("labels.jsonl"), lines);
  }

  private static JsonObject line(String doc, Passage passage) {
    JsonObject line = new JsonObject();
    line.addProperty("doc", doc);
    line.addProperty("start", passage.range().start());
    line.addProperty("end", passage.range().end());
    JsonArray types = new JsonArray();
    passage.types().forEach(type -> types.add(type.name().toLowerCase(Locale.ROOT)));
    line.add("types", types);
    line.addProperty("priority", passage.priority());
    return line;
  }

  private List<Label> labels(String doc) throws IOException {
    List<Label> labels = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("labels.jsonl"))) {
      JsonObject label = JsonParser.parseString(line).getAsJsonObject();
      if (label.get("doc").getAsString().equals(doc)) {
        List<Passage.Type> types = new ArrayList<>();
        for (JsonElement type : label.getAsJsonArray("labels")) {
          types.add(Passage.Type.valueOf(type.getAsString().toUpperCase(Locale.ROOT)));
        }
        labels.add(
            new Label(
                label.get("start").getAsInt(),
                label.get("end").getAsInt(),
                label.get("priority").getAsInt(),
                types));
      }
    }
    return labels;
  }

  private static String name(Path text) {
    return text.getFileName().toString().replaceFirst("\\.txt$", "");
  }
}
