package dev.scriptorium.server.catalog.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.catalog.filter.Filter.All;
import dev.scriptorium.server.catalog.filter.Filter.Any;
import dev.scriptorium.server.catalog.filter.Filter.Not;
import dev.scriptorium.server.wire.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterParserTest {
  private static final Filter A = new Filter.Test(Field.TITLE, ":", "a");
  private static final Filter B = new Filter.Test(Field.LANGUAGE, "=", "b");
  private static final Filter C = new Filter.Test(Field.WORD_COUNT, ">=", 7L);

  @Test
  void orBindsMoreTightlyThanAnd() {
    Filter expected = new All(List.of(A, new Any(List.of(B, C))));

    assertThat(FilterParser.parse("title:a AND language = b OR word_count>=7")).isEqualTo(expected);
    assertThat(FilterParser.parse("title:a language=b OR word_count >= 7")).isEqualTo(expected);
  }

  @Test
  void parenthesesAndNotAreRead() {
    assertThat(FilterParser.parse("NOT (title:a AND (language=b)) OR word_count>=7"))
        .isEqualTo(new Any(List.of(new Not(new All(List.of(A, B))), C)));
    assertThat(FilterParser.parse("  ")).isEqualTo(Filter.EVERYTHING);
  }

  @Test
  void valuesMayBeQuotedAndInstantsNeedNotBe() {
    assertThat(FilterParser.parse("title = \"a \\\"b\\\" AND\""))
        .isEqualTo(new Filter.Test(Field.TITLE, "=", "a \"b\" AND"));
    assertThat(FilterParser.parse("create_time > 2026-01-31T12:00:00Z"))
        .isEqualTo(new Filter.Test(Field.CREATE_TIME, ">", Instant.parse("2026-01-31T12:00:00Z")));
    assertThat(FilterParser.parse("create_time > 2026-01-31"))
        .isEqualTo(new Filter.Test(Field.CREATE_TIME, ">", Instant.parse("2026-01-31T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "titel = a, 1, there is no field titel",
        "title = a AND, 14, a field was expected",
        "title a, 7, an operator was expected",
        "title =, 8, a value was expected",
        "😀 = a, 1, there is no field",
        "title = \"😀\" AND x = 1, 17, there is no field x",
        "title = \"a, 9, the quote does not end",
        "(title = a, 1, the parenthesis is not closed",
        "title = a), 10, AND",
        "title > a, 7, title cannot be compared by >",
        "word_count = many, 14, is no number",
        "has_cover = maybe, 13, neither true nor false",
        "fraction > 2, 12, is not 0 to 1",
        "create_time > yesterday, 15, is no time",
        "title ! a, 7, is no operator"
      })
  void whatIsWrongIsToldWithItsColumn(String filter, int column, String problem) {
    assertThatThrownBy(() -> FilterParser.parse(filter))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.metadata()).containsEntry("column", Integer.toString(column));
              assertThat(e).hasMessageContaining(problem);
            });
  }

  @Test
  void whatIsTooMuchIsRefused() {
    String deep = "(".repeat(30) + "title=a" + ")".repeat(30);
    String many =
        IntStream.range(0, 60).mapToObj(_ -> "title=a").collect(Collectors.joining(" OR "));

    for (String filter : List.of(deep, many, "title=" + "a".repeat(2000), "title=\0")) {
      assertThatThrownBy(() -> FilterParser.parse(filter)).isInstanceOf(ApiException.class);
    }
  }

  @Test
  void valuesNeverBecomePartOfTheStatement() {
    Condition condition = Condition.of(FilterParser.parse("title = \"'; drop table book --\""));

    assertThat(condition.sql()).doesNotContain("drop");
    assertThat(condition.parameters()).containsValue("'; drop table book --");
  }
}
