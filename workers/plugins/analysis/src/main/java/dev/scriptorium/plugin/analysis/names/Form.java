package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** One way of naming somebody or something, over the whole book. Not thread-safe. */
final class Form {
  private final String key;
  private final int order;
  private final Map<String, Integer> surfaces = new TreeMap<>();
  private final Votes votes = new Votes();
  private int count;
  private double confidence;

  /**
   * @param order position of its first mention among those of all forms
   */
  Form(String key, int order) {
    this.key = key;
    this.order = order;
  }

  void add(Mention mention) {
    // A name may go over the end of a line.
    surfaces.merge(mention.text().replaceAll("\\s+", " "), 1, Integer::sum);
    count++;
    confidence = Math.max(confidence, mention.confidence());
    boolean character = mention.type() == Entity.Type.CHARACTER;
    votes.add(character ? mention.confidence() : 0, character ? 0 : mention.confidence(), 0);
  }

  String key() {
    return key;
  }

  int order() {
    return order;
  }

  int count() {
    return count;
  }

  /** The highest of its mentions. */
  double confidence() {
    return confidence;
  }

  Votes votes() {
    return votes;
  }

  boolean singleWord() {
    return key.indexOf(' ') < 0;
  }

  /** As it stands in the text most often; of equals the first by alphabet. */
  String surface() {
    return surfaces.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(key);
  }
}
