package dev.scriptorium.loadtest.parse;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Uploads every book to a server with a worker, one after the other, and reads the stages' times. A
 * book is deleted once it can be read, so that none is measured while another is analyzed.
 */
record TierPart(List<Path> files, Report page, Verdicts verdicts) {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final double KNOWN_SECONDS = 2;
  private static final double READABLE_SECONDS = 5;
  private static final int SHOWN = 5;

  private static final Set<Job.State> UNDER_WAY =
      Set.of(Job.State.STATE_BLOCKED, Job.State.STATE_WAITING, Job.State.STATE_RUNNING);

  /**
   * How soon a book was there.
   *
   * @param known seconds from the end of the upload to metadata, cover and contents
   * @param readable seconds from the end of the upload to the chapters
   */
  private record Times(Path file, double known, double readable) {}

  void run() throws IOException {
    List<Times> all = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    try (TestSystem system = TestSystem.start();
        Api api = system.api()) {
      api.awaitRunners(1, BOUND);
      for (Path file : files) {
        Book book = imported(api, file);
        if (book.getState() == Book.State.STATE_FAILED) {
          refused.add(file.getFileName() + " " + book.getFailure().getReason());
        } else {
          all.add(new Times(file, seconds(book, 1), seconds(book, 2)));
        }
      }
    }
    all.sort(Comparator.comparingDouble(Times::readable).reversed());
    Table table = Table.of("Slowest of " + all.size() + " books", "book", "known s", "readable s");
    all.stream()
        .limit(SHOWN)
        .forEach(t -> table.row(String.valueOf(t.file().getFileName()), t.known(), t.readable()));
    page.table(table);
    page.text("Refused: " + (refused.isEmpty() ? "none" : String.join(", ", refused)));
    double known = all.stream().mapToDouble(Times::known).max().orElse(Double.NaN);
    double readable = all.stream().mapToDouble(Times::readable).max().orElse(Double.NaN);
    verdicts.atMost("metadata, cover and contents, slowest book, s", KNOWN_SECONDS, known);
    verdicts.atMost("readable, slowest book, s", READABLE_SECONDS, readable);
  }

  private static Book imported(Api api, Path file) throws IOException {
    String name = api.upload(file).getBook().getName();
    Book book =
        api.awaitBook(
            name,
            BOUND,
            one ->
                one.getState() == Book.State.STATE_FAILED
                    || one.getStagesList().stream().anyMatch(TierPart::endsReading));
    Book _ = api.catalog().deleteBook(DeleteBookRequest.newBuilder().setName(name).build());
    Await.until(name + " at rest", BOUND, () -> atRest(api.jobs(name)));
    return book;
  }

  private static boolean endsReading(Stage stage) {
    return stage.getTier() == 2 && stage.getState() == Stage.State.STATE_DONE;
  }

  private static boolean atRest(List<Job> jobs) {
    return jobs.stream().map(Job::getState).noneMatch(UNDER_WAY::contains);
  }

  private static double seconds(Book book, int tier) {
    return book.getStagesList().stream()
            .filter(stage -> stage.getTier() == tier)
            .mapToLong(Stage::getElapsedMillis)
            .max()
            .orElse(0)
        / 1e3;
  }
}
