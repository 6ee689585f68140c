package dev.scriptorium.worker.trial;

import com.google.gson.stream.JsonWriter;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.worker.pack.PackReader;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.PassageResult;
import dev.scriptorium.worker.v1.QuotationResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of the JSON object that an analysis fills: chapters, passages, entities, facts. Chapters
 * are counted from 0, as a list's elements are.
 */
final class AnalysisJson {
  private final JsonWriter json;
  private final Map<Integer, Integer> places = new HashMap<>();
  private final Map<Integer, String> texts = new HashMap<>();

  AnalysisJson(JsonWriter json) {
    this.json = json;
  }

  /** Prints the fields, in an object that is open. */
  void print(TrialResult result) throws IOException {
    List<ResultItem> items = result.items();
    long words = 0;
    long codePoints = 0;
    json.name("chapters").beginArray();
    try (PackReader pack = new PackReader(result.pack())) {
      for (ResultItem item : pack.index()) {
        if (item.hasChapter()) {
          ChapterResult chapter = item.getChapter();
          chapter(chapter, pack.chapter(chapter.getContent()).getText());
          words += chapter.getWordCount();
          codePoints += chapter.getCodePoints();
        }
      }
    }
    json.endArray();
    json.name("passages").beginArray();
    for (ResultItem item : items) {
      if (item.hasPassage()) {
        passage(item.getPassage());
      }
    }
    json.endArray().name("entities").beginArray();
    for (ResultItem item : items) {
      if (item.hasEntity()) {
        entity(item.getEntity());
      }
    }
    json.endArray().name("facts").beginObject();
    json.name("word_count").value(words);
    json.name("code_points").value(codePoints);
    new FactsJson(json, places).print(items);
    json.endObject().name("quotations").beginArray();
    for (ResultItem item : items) {
      if (item.hasQuotation()) {
        quotation(item.getQuotation());
      }
    }
    json.endArray();
  }

  private void chapter(ChapterResult chapter, String text) throws IOException {
    places.put(chapter.getOrdinal(), places.size());
    texts.put(chapter.getOrdinal(), text);
    json.beginObject();
    json.name("title").value(chapter.getTitle());
    json.name("text").value(text);
    json.endObject();
  }

  private void passage(PassageResult passage) throws IOException {
    json.beginObject();
    place(passage.getChapter(), passage.getStart(), passage.getEnd());
    json.name("types").beginArray();
    json.value(name(passage.getType()));
    for (PassageType type : passage.getOtherTypesList()) {
      json.value(name(type));
    }
    json.endArray();
    json.name("priority").value(passage.getPriority());
    json.name("confidence").value(passage.getConfidence());
    strings("reasons", passage.getReasonsList());
    json.name("text").value(passage.getText());
    json.endObject();
  }

  private static String name(PassageType type) {
    return type.name().replace("PASSAGE_TYPE_", "");
  }

  private void entity(EntityResult entity) throws IOException {
    json.beginObject();
    json.name("name").value(entity.getDisplayName());
    json.name("type").value(entity.getType().name().replace("ENTITY_TYPE_", ""));
    strings("aliases", entity.getAliasesList());
    json.name("mentions").beginArray();
    for (EntityMention mention : entity.getMentionsList()) {
      json.beginObject();
      place(mention.getChapter(), mention.getStart(), mention.getEnd());
      json.name("text").value(text(mention));
      // The plugins of today find names alone.
      json.name("form").value("NAME");
      json.endObject();
    }
    json.endArray().endObject();
  }

  private void quotation(QuotationResult quotation) throws IOException {
    json.beginObject();
    place(quotation.getChapter(), quotation.getStart(), quotation.getEnd());
    json.name("text").value(quotation.getText());
    json.name("speaker").value(quotation.getEntity() - 1);
    json.endObject();
  }

  private void place(int ordinal, int start, int end) throws IOException {
    json.name("chapter").value(places.get(ordinal));
    json.name("start").value(start);
    json.name("end").value(end);
  }

  private String text(EntityMention mention) {
    String text = texts.getOrDefault(mention.getChapter(), "");
    int start = text.offsetByCodePoints(0, mention.getStart());
    int end = text.offsetByCodePoints(start, mention.getEnd() - mention.getStart());
    return text.substring(start, end);
  }

  private void strings(String name, List<String> values) throws IOException {
    json.name(name).beginArray();
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }
}
