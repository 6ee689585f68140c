package dev.scriptorium.server.catalog.filter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A filter as a condition of SQL on a book {@code x}. Values are parameters, never text. The caller
 * is the parameter {@code owner}.
 *
 * @param sql the condition
 * @param parameters by name
 */
public record Condition(String sql, Map<String, Object> parameters) {
  /** Copies the map. */
  public Condition {
    parameters = Map.copyOf(parameters);
  }

  /** Writes a filter. */
  public static Condition of(Filter filter) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    return new Condition(write(filter, parameters), parameters);
  }

  private static String write(Filter filter, Map<String, Object> parameters) {
    return switch (filter) {
      case Filter.All(var parts) when parts.isEmpty() -> "true";
      case Filter.All(var parts) -> joined(parts, " and ", parameters);
      case Filter.Any(var parts) -> joined(parts, " or ", parameters);
      case Filter.Not(var part) -> "not (" + write(part, parameters) + ")";
      case Filter.Test test -> test(test, parameters);
    };
  }

  private static String joined(List<Filter> parts, String word, Map<String, Object> parameters) {
    return parts.stream()
        .map(part -> write(part, parameters))
        .collect(Collectors.joining(word, "(", ")"));
  }

  private static String test(Filter.Test test, Map<String, Object> parameters) {
    String value = "f" + parameters.size();
    parameters.put(value, test.value());
    String operator = test.operator().equals("!=") ? "<>" : test.operator();
    String column = test.field().column();
    return switch (test.field().kind()) {
      case TEXT -> text(column, test.operator(), value);
      case TEXTS -> texts(column, test.operator(), value);
      case NUMBER -> column + " " + operator + " :" + value;
      case TIME -> column + " " + operator + " :" + value + "::timestamptz";
      case TRUTH -> column + " " + operator + " :" + value;
      case LABEL ->
          negated(
              test.operator(),
              "exists (select from book_tag t where t.book_id = x.book_id and t.owner_id ="
                  + " x.owner_id and t.tag = :"
                  + value
                  + ")");
      // A scalar cannot become a join over all files.
      case FILE, FILE_NUMBER ->
          "(select "
              + column
              + " from book_file f where f.book_id = x.book_id) "
              + operator
              + " :"
              + value;
      case PROGRESS ->
          "coalesce((select h.revision > 0 from progress_head h"
              + " where h.owner_id = :owner and h.book_id = x.book_id), false) "
              + operator
              + " :"
              + value;
      case PROGRESS_NUMBER ->
          "coalesce((select h.book_offset::float8 / nullif(x.code_points, 0) from progress_head h"
              + " where h.owner_id = :owner and h.book_id = x.book_id), 0) "
              + operator
              + " :"
              + value;
    };
  }

  private static String text(String column, String operator, String value) {
    return switch (operator) {
      case ":" -> "position(fold(:" + value + ") in fold(" + column + ")) > 0";
      case "!=" -> "fold(" + column + ") <> fold(:" + value + ")";
      default -> "fold(" + column + ") = fold(:" + value + ")";
    };
  }

  private static String texts(String column, String operator, String value) {
    String some =
        "exists (select from unnest(" + column + ") e where " + text("e", "=", value) + ")";
    return operator.equals(":")
        ? "exists (select from unnest(" + column + ") e where " + text("e", ":", value) + ")"
        : negated(operator, some);
  }

  private static String negated(String operator, String condition) {
    return operator.equals("!=") ? "not " + condition : condition;
  }
}
