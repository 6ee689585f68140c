package dev.scriptorium.cli;

import dev.scriptorium.v1.Book;
import java.io.PrintWriter;

/** For pipes and logs: a line a step on standard error, results as they come. */
final class PlainDisplay implements ImportDisplay {
  private final PrintWriter steps;
  private final PrintWriter results;
  private final ImportLines lines;

  /**
   * @param results where the last line of a book goes
   */
  PlainDisplay(PrintWriter steps, PrintWriter results, ImportLines lines) {
    this.steps = steps;
    this.results = results;
    this.lines = lines;
  }

  @Override
  public void step(BookImport item) {
    Book book = item.book();
    if (book != null) {
      steps.println(ImportLines.fileName(item) + ": " + Words.of(book.getState()));
    }
  }

  @Override
  public void end(BookImport item) {
    results.println(lines.ended(item));
  }

  @Override
  public void tick() {}

  @Override
  public void close() {
    results.flush();
  }
}
