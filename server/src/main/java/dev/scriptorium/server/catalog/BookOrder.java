package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.InvalidField;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Orders of the list of books. Each is an index read from one end or the other. */
enum BookOrder {
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
    String wanted = text.isEmpty() ? "create_time desc" : text.strip().replaceAll("\\s+", " ");
    return Arrays.stream(values())
        .filter(order -> order.text.equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidField.of(
                    "order_by",
                    text,
                    Arrays.stream(values())
                        .map(order -> order.text)
                        .collect(Collectors.joining(", "))));
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
    String type = this == WORD_COUNT || this == WORD_COUNT_DESC ? "::bigint" : "";
    return "(" + key + ", x.book_id)" + than + "(:key" + type + ", :after)";
  }

  /** The order, of a row of that name. */
  String by(String row) {
    String direction = descending ? " desc" : "";
    String id = row + ".book_id" + direction;
    return byId() ? id : key.replace("x.", row + ".") + direction + ", " + id;
  }
}
