package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.analysis.text.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How names are compared: in lower case, without full stops and possessive endings. */
final class NameForm {
  private NameForm() {}

  /** Key of a name that was read. */
  static String key(List<Token> tokens) {
    return tokens.stream().filter(Token::word).map(NameForm::word).collect(Collectors.joining(" "));
  }

  /** Key of a name as it stands in the text. */
  static String key(String name) {
    return String.join(" ", words(name));
  }

  /** A token as a word of a key. */
  static String word(Token token) {
    String text = token.text();
    boolean stop = text.length() > 1 && text.indexOf('.') == text.length() - 1;
    return word(stop ? text.substring(0, text.length() - 1) : text);
  }

  /** Words of a name, each as in a key. */
  static List<String> words(String name) {
    return Arrays.stream(name.strip().split("[\\s.]+", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word(word))
        .toList();
  }

  private static String word(String text) {
    String cut = text.substring(0, text.length() - possessive(text));
    return cut.replace('’', '\'').toLowerCase(Locale.ROOT);
  }

  /** Length of a possessive ending, in UTF-16 units; 0 when there is none. */
  static int possessive(String word) {
    boolean ends = word.endsWith("'s") || word.endsWith("’s");
    return ends && word.length() > 2 ? 2 : 0;
  }
}
