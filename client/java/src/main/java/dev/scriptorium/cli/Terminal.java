package dev.scriptorium.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be drawn where.
 *
 * @param out standard output is a terminal
 * @param err standard error is a terminal
 * @param columns width in cells, at least 20
 * @param rows height in cells, at least 5
 * @param colour the user wants colours
 * @param unicode the locale can show more than ASCII
 */
record Terminal(boolean out, boolean err, int columns, int rows, boolean colour, boolean unicode) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int DEFAULT_ROWS = 24;

  Terminal {
    columns = Math.max(20, columns);
    rows = Math.max(5, rows);
  }

  /**
   * @param streams which standard streams are terminals: {@code out}, {@code err}, both with a
   *     comma, or empty; the launcher knows, Java does not
   */
  static Terminal of(String streams, Map<String, String> environment) {
    boolean colour =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(
        streams.contains("out"),
        streams.contains("err"),
        number(environment.get("COLUMNS"), DEFAULT_COLUMNS),
        number(environment.get("LINES"), DEFAULT_ROWS),
        colour,
        isUnicode(environment));
  }

  /** Bars move the cursor, which a dumb terminal cannot. */
  boolean canDrawBars() {
    return err && columns >= 40;
  }

  Style outStyle() {
    return new Style(out && colour);
  }

  Style errStyle() {
    return new Style(err && colour);
  }

  private static boolean isUnicode(Map<String, String> environment) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = environment.getOrDefault(variable, "");
      if (!locale.isEmpty()) {
        return locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
      }
    }
    return false;
  }

  private static int number(@Nullable String text, int otherwise) {
    return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : otherwise;
  }
}
