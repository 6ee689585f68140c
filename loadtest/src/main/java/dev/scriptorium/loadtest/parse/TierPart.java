package dev.scriptorium.loadtest.parse;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Uploads every book to a server with a worker, one after the other, and reads the stages' times.
 */
record TierPart(List<Path> files, Report page, Verdicts verdicts) {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final double KNOWN_SECONDS = 2;
  private static final double READABLE_SECONDS = 5;

  void run() throws IOException {
    double known = 0;
    double readable = 0;
    Table table = Table.of("Books that took longest", "book", "known s", "readable s");
    try (TestSystem system = TestSystem.start();
        Api api = system.api()) {
      api.awaitRunners(1, BOUND);
      for (Path file : files) {
        Book book = ended(api, api.upload(file).getBook().getName());
        double first = seconds(book, 1);
        double second = first + seconds(book, 2);
        if (first > known || second > readable) {
          table.row(String.valueOf(file.getFileName()), first, second);
        }
        known = Math.max(known, first);
        readable = Math.max(readable, second);
      }
    }
    page.table(table);
    verdicts.atMost("metadata, cover and contents, slowest book, s", KNOWN_SECONDS, known);
    verdicts.atMost("readable, slowest book, s", READABLE_SECONDS, readable);
  }

  /** Waits for the book's last stage, so that no book is measured while another is analyzed. */
  private static Book ended(Api api, String name) {
    return Await.until(
        name,
        BOUND,
        () -> api.book(name),
        book ->
            book.getState() == Book.State.STATE_ANALYZED
                || book.getState() == Book.State.STATE_FAILED);
  }

  private static double seconds(Book book, int tier) {
    return book.getStagesList().stream()
            .filter(stage -> stage.getTier() == tier)
            .mapToLong(Stage::getElapsedMillis)
            .sum()
        / 1e3;
  }
}
