package dev.scriptorium.loadtest.catalog;

import dev.scriptorium.loadtest.load.Times;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.LoneServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the catalog with a large library in it, beside an empty echo, and prints verdicts. */
@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a server with its database, fills it with a large library, and measures over gRPC",
      "from another process: cached books beside an empty echo on the same machine, pages at any",
      "depth, searches, chapters, reads of all sorts while Redis stops, and imports before and",
      "after. Exit code 1 when a goal is missed. Some twelve minutes at full size, half of it the",
      "filling; less with --books, --chapters and --steps."
    })
public final class CatalogFigures implements Callable<Integer> {
  @Option(names = "--books", description = "Books of the reader (default: ${DEFAULT-VALUE}).")
  private int books = FilledLibrary.Extent.FULL.books();

  @Option(names = "--chapters", description = "Chapters a book (default: ${DEFAULT-VALUE}).")
  private int chapters = FilledLibrary.Extent.FULL.chapters();

  @Option(names = "--steps", description = "Steps of progress (default: ${DEFAULT-VALUE}).")
  private int steps = FilledLibrary.Extent.FULL.steps();

  @Option(
      names = "--searchable",
      description = "Books with whole texts (default: ${DEFAULT-VALUE}).")
  private int searchable = 1000;

  @Option(
      names = "--imports",
      description = "Imports before and after (default: ${DEFAULT-VALUE}).")
  private int imports = 200;

  @Option(
      names = "--seconds",
      description =
          "Length of each measurement (default: 10); a warm-up four times as"
              + " long comes before.")
  private int seconds = 10;

  @Option(names = "--report", description = "Also write the figures to this HTML file.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Report page =
        Report.titled("Catalog")
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .condition("books", books)
            .condition("chapters", books * (long) chapters)
            .condition("steps of progress", steps)
            .condition("books with whole texts", searchable);
    Verdicts verdicts = new Verdicts();
    try (LoneServer server = LoneServer.start("256m");
        CatalogRun run = new CatalogRun(server, Duration.ofSeconds(seconds), page, verdicts)) {
      Times before = run.imports(imports, "empty");
      out.println("filling the database");
      run.fill(new FilledLibrary.Extent(books, chapters, steps), searchable);
      out.println("measuring");
      run.compareImports(before, run.imports(imports, "filled"));
      run.plans();
      run.echo();
      run.reads();
      run.memory();
    }
    page.table(verdicts.table());
    page.print(out);
    if (report != null) {
      page.write(report);
    }
    return verdicts.met() ? 0 : 1;
  }
}
