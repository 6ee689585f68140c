package dev.scriptorium.server.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that a title has to have, in any order.
 *
 * @param words for each the ways in which it may be spelled
 */
record TitleQuery(List<Spellings> words) {
  /**
   * A word.
   *
   * @param beginning as it was typed, perhaps not to its end
   * @param others whole words
   */
  record Spellings(String beginning, List<String> others) {}

  /** Exactly what was typed. */
  static TitleQuery of(List<String> words) {
    return new TitleQuery(words.stream().map(word -> new Spellings(word, List.of())).toList());
  }

  /**
   * What was typed, or words like it; what is like nothing is left out.
   *
   * @param similar by place
   */
  static TitleQuery of(List<String> words, Map<Integer, List<String>> similar) {
    return new TitleQuery(
        similar.entrySet().stream()
            .map(each -> new Spellings(words.get(each.getKey()), each.getValue()))
            .toList());
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /**
   * As Postgres reads it.
   *
   * @param prefix stands before every word
   */
  String text(String prefix) {
    return words.stream()
        .map(
            word ->
                Stream.concat(
                        Stream.of(quoted(prefix + word.beginning()) + ":*"),
                        word.others().stream().map(other -> quoted(prefix + other)))
                    .collect(Collectors.joining(" | ", "(", ")")))
        .collect(Collectors.joining(" & "));
  }

  private static String quoted(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
