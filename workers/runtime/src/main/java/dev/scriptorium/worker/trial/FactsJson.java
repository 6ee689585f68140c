package dev.scriptorium.worker.trial;

import com.google.gson.stream.JsonWriter;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.v1.Readability;
import dev.scriptorium.worker.v1.FactsResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Prints the figures of a book's text. */
final class FactsJson {
  private final JsonWriter json;
  private final Map<Integer, Integer> places;

  /**
   * @param places indices of the chapters by their ordinals
   */
  FactsJson(JsonWriter json, Map<Integer, Integer> places) {
    this.json = json;
    this.places = places;
  }

  /** Prints the fields of the book, then its chapters, in an object that is open. */
  void print(List<ResultItem> items) throws IOException {
    for (ResultItem item : items) {
      if (item.hasBookFacts()) {
        fields(item.getBookFacts());
      }
    }
    json.name("chapters").beginArray();
    for (ResultItem item : items) {
      if (item.hasChapterFacts()) {
        json.beginObject();
        json.name("chapter").value(places.get(item.getChapterFacts().getChapter()));
        fields(item.getChapterFacts().getFacts());
        json.endObject();
      }
    }
    json.endArray();
  }

  private void fields(FactsResult facts) throws IOException {
    json.name("language").value(facts.getLanguage());
    json.name("words").value(facts.getWords());
    json.name("sentences").value(facts.getSentences());
    json.name("reading_seconds").value(facts.getReadingSeconds());
    json.name("difficulty");
    if (facts.hasDifficulty()) {
      json.value(facts.getDifficulty());
    } else {
      json.nullValue();
    }
    json.name("readability").beginObject();
    for (Readability one : facts.getReadabilityList()) {
      json.name(one.getFormula()).value(one.getValue());
    }
    json.endObject();
    json.name("keywords").beginArray();
    for (Keyword one : facts.getKeywordsList()) {
      json.beginObject();
      json.name("word").value(one.getWord());
      json.name("count").value(one.getCount());
      json.endObject();
    }
    json.endArray();
  }
}
