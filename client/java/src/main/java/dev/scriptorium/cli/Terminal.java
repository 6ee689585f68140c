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
 * @param cursor the terminal's cursor can be moved
 * @param colour the user wants colours, and the terminal has some
 * @param unicode the locale can show more than ASCII
 */
record Terminal(
    boolean out,
    boolean err,
    int columns,
    int rows,
    boolean cursor,
    boolean colour,
    boolean unicode) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int DEFAULT_ROWS = 24;

  Terminal {
    columns = Math.max(20, columns);
    rows = Math.max(5, rows);
  }

  /**
   * @param streams which standard streams are terminals: {@code out}, {@code err}, both with a
   *     comma, or empty; the launcher knows, Java does not
   * @param locale the user's, for example {@code en_GB.UTF-8}
   */
  static Terminal of(String streams, String locale, Map<String, String> environment) {
    boolean cursor = !environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean colour = cursor && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        streams.contains("out"),
        streams.contains("err"),
        number(environment.get("COLUMNS"), DEFAULT_COLUMNS),
        number(environment.get("LINES"), DEFAULT_ROWS),
        cursor,
        colour,
        locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8"));
  }

  /** A bar needs some room to say anything. */
  boolean canDrawBars() {
    return err && cursor && columns >= 40;
  }

  Style outStyle() {
    return new Style(out && colour);
  }

  Style errStyle() {
    return new Style(err && colour);
  }

  private static int number(@Nullable String text, int otherwise) {
    return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : otherwise;
  }
}
