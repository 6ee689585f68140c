package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  private static String print(int columns) {
    Table table = new Table("*KIND", ">HELD", "->MEAN", "*ORDERS");
    table.row("a-kind-of-a-plugin", "12", "4.4 s", "at most 40 start a minute");
    StringWriter text = new StringWriter();
    table.print(
        new PrintWriter(text, true), new Terminal(true, true, columns, 24, true, false, true));
    return text.toString();
  }

  @Test
  void whereThereIsRoomNothingIsMissing() {
    assertThat(print(80))
        .isEqualTo(
            """
            KIND                HELD   MEAN  ORDERS
            a-kind-of-a-plugin    12  4.4 s  at most 40 start a minute
            """);
  }

  @Test
  void aColumnThatCanBeMissedGoesBeforeOthersBecomeUnreadable() {
    assertThat(print(38))
        .isEqualTo(
            """
            KIND             HELD  ORDERS
            a-kind-of-a-pl…    12  at most 40 sta…
            """);
  }
}
