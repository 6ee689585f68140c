package dev.scriptorium.server.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
   * @param typed as it was typed
   * @param whole false when it may go on
   * @param others whole words
   */
  record Spellings(String typed, boolean whole, List<String> others) {}

  /** What was typed. */
  static TitleQuery whole(List<String> words) {
    return typed(words, words.size());
  }

  /** What was typed, the last word perhaps not to its end. */
  static TitleQuery begun(List<String> words) {
    return typed(words, words.size() - 1);
  }

  /** What was typed, no word to its end. */
  static TitleQuery allBegun(List<String> words) {
    return typed(words, 0);
  }

  private static TitleQuery typed(List<String> words, int whole) {
    return new TitleQuery(
        IntStream.range(0, words.size())
            .mapToObj(i -> new Spellings(words.get(i), i < whole, List.of()))
            .toList());
  }

  /**
   * What was typed, or words like it. What others begin with was not mistyped; what is like nothing
   * is left out.
   *
   * @param similar by place, itself among them when it is a word
   */
  static TitleQuery alike(List<String> words, Map<Integer, List<String>> similar) {
    int last = words.size() - 1;
    return new TitleQuery(
        similar.entrySet().stream()
            .map(each -> alike(words.get(each.getKey()), each.getKey() == last, each.getValue()))
            .toList());
  }

  private static Spellings alike(String word, boolean last, List<String> similar) {
    if (similar.contains(word)) {
      return new Spellings(word, !last, similar);
    }
    boolean begun = similar.stream().anyMatch(other -> other.startsWith(word));
    return new Spellings(word, !begun, begun ? List.of() : similar);
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
                        Stream.of(quoted(prefix + word.typed()) + (word.whole() ? "" : ":*")),
                        word.others().stream().map(other -> quoted(prefix + other)))
                    .collect(Collectors.joining(" | ", "(", ")")))
        .collect(Collectors.joining(" & "));
  }

  private static String quoted(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
