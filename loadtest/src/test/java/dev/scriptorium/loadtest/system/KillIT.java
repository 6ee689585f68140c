package dev.scriptorium.loadtest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each process is killed in the middle of an import, while an analyze job runs. The import must
 * finish, go on from the slices that are done, give what an undisturbed one gives, and leave
 * nothing.
 */
class KillIT {
  private static final int CHAPTERS = 60;
  private static final int WORDS = 3000;
  private static final int RUNNERS = 1;
  private static final Duration BOUND = Duration.ofSeconds(90);

  @SuppressWarnings("NullAway.Init")
  private TestSystem system;

  @SuppressWarnings("NullAway.Init")
  private Api api;

  @SuppressWarnings("NullAway.Init")
  private Path novel;

  @BeforeEach
  void start() throws IOException {
    system = TestSystem.start("--runners", "1");
    api = system.api();
    novel =
        GeneratedBook.write(
            Files.createTempFile("novel", ".epub"), "Kill test", CHAPTERS, WORDS, 1);
  }

  @AfterEach
  void stop() throws IOException {
    api.close();
    system.close();
    assertThat(system.survivors()).isEmpty();
    assertThat(system.leftOvers()).isEmpty();
    Files.delete(novel);
  }

  @Test
  void aKilledRunnerCostsOneAttempt() throws IOException {
    Book book = inTheMiddleOfAnalysis();

    system.runners().forEach(ProcessHandle::destroyForcibly);

    Await.until(
        "an attempt handed back without blame",
        BOUND,
        () -> endings(book),
        all -> all.contains(Ending.ENDING_RELEASED));
    assertFinishedAsIfNothingHadHappened(book);
  }

  @Test
  void aKilledWorkerIsReplacedByItsSuccessor() throws IOException {
    Book book = inTheMiddleOfAnalysis();

    system.rememberProcesses();
    system.worker().kill();
    system.restartWorker("--runners", "1");

    assertFinishedAsIfNothingHadHappened(book);
  }

  @Test
  void aKilledServerLeavesItsJobsToItsSuccessor() throws IOException {
    Book book = inTheMiddleOfAnalysis();

    system.rememberProcesses();
    system.server().kill();
    system.restartServer();

    assertFinishedAsIfNothingHadHappened(book);
  }

  @Test
  void aKilledDatabaseComesBackByItself() throws IOException {
    Book book = inTheMiddleOfAnalysis();

    system.postgres().destroyForcibly();

    assertFinishedAsIfNothingHadHappened(book);
  }

  private Book inTheMiddleOfAnalysis() throws IOException {
    Book book = api.upload(novel).getBook();
    Await.until(
        "a running analyze job, after one that has succeeded",
        BOUND,
        () -> slices(api.jobs(book.getName())),
        slices -> in(slices, Job.State.STATE_RUNNING) && in(slices, Job.State.STATE_SUCCEEDED));
    return book;
  }

  private static List<Job> slices(List<Job> jobs) {
    return jobs.stream().filter(job -> job.getKind().equals("analyze")).toList();
  }

  private static boolean in(List<Job> jobs, Job.State state) {
    return jobs.stream().anyMatch(job -> job.getState() == state);
  }

  private void assertFinishedAsIfNothingHadHappened(Book uploaded) throws IOException {
    Book book =
        api.awaitBook(uploaded.getName(), BOUND, b -> b.getState() == Book.State.STATE_ANALYZED);
    assertThat(book.getDegraded()).isFalse();
    assertThat(api.chapters(book.getName())).hasSize(CHAPTERS);
    assertEveryJobSucceededOnce(api.jobs(book.getName()));
    assertOnlySlicesInFlightRanTwice(slices(api.jobs(book.getName())));
    List<String> passages = ranges(book);
    assertThat(passages).isNotEmpty().doesNotHaveDuplicates();
    assertThat(passages).isEqualTo(ranges(undisturbed(book)));
  }

  /**
   * The work goes on from its slices: for each runner no more ran twice than the one it had in hand
   * and the one before, whose result was on its way to the server.
   */
  private static void assertOnlySlicesInFlightRanTwice(List<Job> slices) {
    long twice = slices.stream().filter(slice -> slice.getAttemptsCount() > 1).count();
    assertThat(slices).hasSizeGreaterThan(5);
    assertThat(twice)
        .as("%d of %d slices ran twice", twice, slices.size())
        .isLessThanOrEqualTo(2 * RUNNERS);
  }

  private static void assertEveryJobSucceededOnce(List<Job> jobs) {
    assertThat(jobs).extracting(Job::getKind).containsOnlyOnce("inspect", "parse", "summarize");
    for (Job job : jobs) {
      assertThat(job.getState()).isEqualTo(Job.State.STATE_SUCCEEDED);
      assertThat(job.getAttemptsList())
          .extracting(Attempt::getNumber)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, job.getAttemptsCount()).boxed().toList());
      assertThat(job.getAttemptsList())
          .filteredOn(attempt -> attempt.getEnding() == Ending.ENDING_SUCCEEDED)
          .hasSize(1);
    }
  }

  /** The same bytes imported once more, with nothing killed. */
  private Book undisturbed(Book first) throws IOException {
    var _ =
        api.catalog().deleteBook(DeleteBookRequest.newBuilder().setName(first.getName()).build());
    Book again = api.upload(novel).getBook();
    assertThat(again.getName()).isNotEqualTo(first.getName());
    return api.awaitBook(again.getName(), BOUND, b -> b.getState() == Book.State.STATE_ANALYZED);
  }

  private List<String> ranges(Book book) {
    return api.passages(book.getName()).stream().map(KillIT::place).toList();
  }

  private static String place(Passage passage) {
    String chapter = passage.getRange().getChapter().replaceFirst(".*/", "");
    return "%s %s %d-%d p%d"
        .formatted(
            passage.getType(),
            chapter,
            passage.getRange().getStart(),
            passage.getRange().getEnd(),
            passage.getPriority());
  }

  private List<Ending> endings(Book book) {
    return api.jobs(book.getName()).stream()
        .flatMap(job -> job.getAttemptsList().stream())
        .map(Attempt::getEnding)
        .toList();
  }
}
