package dev.scriptorium.loadtest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.LoneServer;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On a large library no call reads a large table from end to end. Profile {@code filled}. */
@EnabledIfSystemProperty(named = "filled.books", matches = "\\d+")
class PlansIT {
  @Test
  void noCallReadsALargeTableFromEndToEnd() throws Exception {
    int books = Integer.getInteger("filled.books");
    Report page = Report.titled("Plans");
    Verdicts verdicts = new Verdicts();
    try (LoneServer server = LoneServer.start("256m");
        CatalogRun run = new CatalogRun(server, Duration.ofSeconds(1), page, verdicts)) {
      run.fill(new FilledLibrary.Extent(books, 20, books * 33), 200);
      run.plans();
    }
    page.table(verdicts.table());
    page.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    assertThat(verdicts.met()).isTrue();
  }
}
