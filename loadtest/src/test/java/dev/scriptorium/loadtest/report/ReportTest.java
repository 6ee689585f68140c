package dev.scriptorium.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void numbersStandToTheRightAndBadRowsAreMarked() {
    StringWriter text = new StringWriter();

    Report.titled("Queue")
        .condition("cores", 2)
        .table(
            Table.of("Rates", "who", "jobs/s")
                .row("a", 81_234)
                .row("b", 0.012345)
                .badRow("c", 1.5e6))
        .print(new PrintWriter(text));

    assertThat(text.toString().lines())
        .contains("  cores          2", "  a       81,234", "  b       0.0123", "! c    1,500,000");
  }

  @Test
  void thePageEscapesTextAndNeedsNoScript() {
    String page =
        Report.titled("a < b")
            .text("\"x\" & y")
            .table(Table.of("T", "c").row("<b>"))
            .plot(Plot.of("P", "s", "ms").line("l", List.of(0, 1), List.of(2.5, 5)))
            .html();

    assertThat(page)
        .contains("<title>a &lt; b</title>", "&quot;x&quot; &amp; y", "<td>&lt;b&gt;</td>")
        .contains("<polyline", "70.0,145.0 740.0,30.0")
        .doesNotContain("<script", "http");
  }

  @Test
  void aRowMustFillItsTable() {
    assertThatThrownBy(() -> Table.of("T", "a", "b").row("only one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 cells in a table of 2 columns");
  }
}
