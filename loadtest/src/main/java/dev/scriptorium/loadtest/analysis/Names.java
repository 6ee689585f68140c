package dev.scriptorium.loadtest.analysis;

import com.google.gson.JsonObject;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.AnalysisHandler;
import dev.scriptorium.plugin.analysis.local.TextJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that readers marked in the openings of novels. Nothing is learned from them, so that
 * all texts are read in the same way.
 *
 * @param folder of texts, marks and the scorer
 */
record Names(Path folder) {

  JsonObject scores() throws IOException, InterruptedException {
    AnalysisHandler handler = new AnalysisHandler();
    handler.warm();
    List<JsonObject> lines = new ArrayList<>();
    for (Path file : Novel.files(folder.resolve("docs"))) {
      String text = Files.readString(file);
      String doc = file.getFileName().toString().replaceFirst("\\.txt$", "");
      for (Entity entity : TextJob.book(handler, List.of(text), "breaks=spaces").entities()) {
        for (TextRange mention : entity.mentions()) {
          lines.add(line(doc, text, entity, mention));
        }
      }
    }
    return Scorer.score(folder.resolve("score_litbank.py"), folder.resolve("gold.jsonl"), lines);
  }

  private static JsonObject line(String doc, String text, Entity entity, TextRange mention) {
    int from = text.offsetByCodePoints(0, mention.start());
    int to = text.offsetByCodePoints(from, mention.end() - mention.start());
    JsonObject line = new JsonObject();
    line.addProperty("doc", doc);
    line.addProperty("start", mention.start());
    line.addProperty("end", mention.end());
    line.addProperty("type", entity.type().name());
    line.addProperty("form", "PROP");
    line.addProperty("text", text.substring(from, to));
    line.addProperty("cluster", Integer.toString(entity.ordinal()));
    return line;
  }
}
