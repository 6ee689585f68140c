package dev.scriptorium.server.catalog.filter;

import dev.scriptorium.server.catalog.filter.Tokens.Token;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Checks operators and values for their fields. */
final class Values {
  private Values() {}

  static String operator(Field field, Token operator) throws FilterException {
    String text = operator.text();
    boolean allowed =
        switch (field.kind()) {
          case TEXT, TEXTS -> text.equals("=") || text.equals("!=") || text.equals(":");
          case LABEL, FILE, TRUTH, PROGRESS -> text.equals("=") || text.equals("!=");
          case NUMBER, FILE_NUMBER, PROGRESS_NUMBER, TIME -> !text.equals(":");
        };
    if (!allowed) {
      throw new FilterException(operator.column(), field + " cannot be compared by " + text);
    }
    return text;
  }

  static Object value(Field field, Token value) throws FilterException {
    try {
      return switch (field.kind()) {
        case TEXT, TEXTS, LABEL, FILE -> value.text();
        case NUMBER, FILE_NUMBER -> Long.valueOf(value.text());
        case PROGRESS_NUMBER -> fraction(value);
        case TIME -> instant(value.text());
        case TRUTH, PROGRESS -> truth(value);
      };
    } catch (NumberFormatException e) {
      throw new FilterException(value.column(), "\"" + value.text() + "\" is no number");
    } catch (DateTimeException e) {
      throw new FilterException(
          value.column(),
          "\"" + value.text() + "\" is no time like 2026-01-31 or 2026-01-31T12:00:00Z");
    }
  }

  private static Double fraction(Token value) throws FilterException {
    double number = Double.parseDouble(value.text());
    if (!(number >= 0 && number <= 1)) {
      throw new FilterException(value.column(), "\"" + value.text() + "\" is not 0 to 1");
    }
    return number;
  }

  private static Boolean truth(Token value) throws FilterException {
    return switch (value.text()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new FilterException(
              value.column(), "\"" + value.text() + "\" is neither true nor false");
    };
  }

  private static Instant instant(String text) {
    return text.indexOf('T') < 0
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }
}
