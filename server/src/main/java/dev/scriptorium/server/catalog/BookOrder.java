package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.InvalidField;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Orders of lists of books. Each is an index read from one end or the other. */
enum BookOrder {
  /** In a collection alone. */
  PLACE("place", "m.place", false),
  PLACE_DESC("place desc", "m.place", true),
  CREATE_TIME("create_time", "''", false),
  CREATE_TIME_DESC("create_time desc", "''", true),
  TITLE("title", "x.title_key", false),
  TITLE_DESC("title desc", "x.title_key", true),
  AUTHOR("author", "x.author_key", false),
  AUTHOR_DESC("author desc", "x.author_key", true),
  WORD_COUNT("word_count", "x.word_count", false),
  WORD_COUNT_DESC("word_count desc", "x.word_count", true);

  private final String text;
  private final String key;
  private final boolean descending;

  BookOrder(String text, String key, boolean descending) {
    this.text = text;
    this.key = key;
    this.descending = descending;
  }

  /**
   * @param text as sent; empty for newest first
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  static BookOrder of(String text) {
    return of(text, CREATE_TIME_DESC, order -> !order.byPlace());
  }

  /** The same in a collection, whose own order is the default. */
  static BookOrder inCollection(String text) {
    return of(text, PLACE, _ -> true);
  }

  private static BookOrder of(String text, BookOrder usual, Predicate<BookOrder> allowed) {
    String wanted = text.strip().replaceAll("\\s+", " ");
    List<BookOrder> orders = Arrays.stream(values()).filter(allowed).toList();
    return text.isEmpty()
        ? usual
        : orders.stream()
            .filter(order -> order.text.equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    InvalidField.of(
                        "order_by",
                        text,
                        orders.stream()
                            .map(order -> order.text)
                            .collect(Collectors.joining(", "))));
  }

  private boolean byPlace() {
    return this == PLACE || this == PLACE_DESC;
  }

  private boolean byId() {
    return key.equals("''");
  }

  /** What a page begins behind. */
  String key() {
    return "(" + key + ")::text";
  }

  /** The condition for what comes behind {@code :key} and {@code :after}. */
  String behind() {
    String than = descending ? " < " : " > ";
    if (byId()) {
      return "x.book_id" + than + ":after";
    }
    if (byPlace()) {
      return key + than + ":key::bigint";
    }
    String type = this == WORD_COUNT || this == WORD_COUNT_DESC ? "::bigint" : "";
    return "(" + key + ", x.book_id)" + than + "(:key" + type + ", :after)";
  }

  /** The order, of a row of that name: {@code x} for the book itself. */
  String by(String row) {
    String direction = descending ? " desc" : "";
    if (byPlace()) {
      return (row.equals("x") ? key : row + ".place") + direction;
    }
    String id = row + ".book_id" + direction;
    return byId() ? id : key.replace("x.", row + ".") + direction + ", " + id;
  }
}
