package dev.scriptorium.loadtest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.Stage;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import dev.scriptorium.v1.UploadBookResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A file goes in on one side and comes out as a book on the other. */
class MainJobIT {
  private static final Duration IMPORT_BOUND = Duration.ofSeconds(90);

  @SuppressWarnings("NullAway.Init")
  private static TestSystem system;

  @SuppressWarnings("NullAway.Init")
  private static Api api;

  @BeforeAll
  static void start() throws IOException {
    system = TestSystem.start();
    api = system.api();
  }

  @AfterAll
  static void stop() throws IOException {
    api.close();
    system.close();
    assertThat(system.survivors()).isEmpty();
    assertThat(system.leftOvers()).isEmpty();
  }

  @Test
  void everySampleIsImportedThroughAllThreeTiers() throws IOException {
    List<Path> samples = Installation.find().samples();
    assertThat(samples).hasSizeGreaterThanOrEqualTo(2);
    for (Path sample : samples) {
      Book book = imported(sample);

      assertThat(book.getStagesList())
          .extracting(Stage::getState)
          .containsOnly(Stage.State.STATE_DONE);
      assertThat(book.getTitle()).isNotBlank();
      assertThat(book.getContributorsList()).isNotEmpty();
      assertThat(book.getDegraded()).isFalse();
      assertThat(api.entities(book.getName())).isNotEmpty();
      assertPassagesStandWhereTheySay(book);
    }
  }

  @Test
  void theNovellaHasChaptersNotesCoverAndItsPeople() throws IOException {
    Path novella =
        Installation.find().samples().stream()
            .filter(file -> file.toString().endsWith(".epub"))
            .findFirst()
            .orElseThrow();
    Book book = imported(novella);

    List<Chapter> chapters = api.chapters(book.getName());
    assertThat(chapters).hasSizeGreaterThanOrEqualTo(8);
    assertThat(book.getWordCount()).isGreaterThanOrEqualTo(8000);
    long start = 0;
    for (Chapter chapter : chapters) {
      assertThat(chapter.getStart()).isEqualTo(start);
      Chapter full = api.chapter(chapter.getName());
      assertThat(full.getText().codePointCount(0, full.getText().length()))
          .isEqualTo(chapter.getCodePoints());
      start += chapter.getCodePoints();
    }
    assertThat(book.getCodePoints()).isEqualTo(start);
    assertThat(chapters.stream().mapToInt(c -> api.chapter(c.getName()).getNotesCount()).sum())
        .isPositive();
    assertThat(
            api.catalog()
                .getCover(
                    GetCoverRequest.newBuilder()
                        .setName(book.getName())
                        .setSize(GetCoverRequest.Size.SIZE_SMALL)
                        .build())
                .getData()
                .size())
        .isPositive();
  }

  @Test
  void theSameBytesAgainGiveTheSameBook() throws IOException {
    Path sample = Installation.find().samples().getFirst();
    Book book = imported(sample);

    UploadBookResponse again = api.upload(sample);

    assertThat(again.getDuplicate()).isTrue();
    assertThat(again.getBook().getName()).isEqualTo(book.getName());
    assertThat(api.jobs(book.getName())).hasSize(jobsOf(book));
  }

  @Test
  void aReadersPlaceIsKept() throws IOException {
    Book book = imported(Installation.find().samples().getFirst());
    var step =
        UpdateProgressRequest.newBuilder()
            .setName(book.getName() + "/progress")
            .setOffset(book.getCodePoints() / 2)
            .setDevice("tablet")
            .setPolicy(UpdateProgressRequest.ConflictPolicy.CONFLICT_POLICY_FORCE)
            .build();

    assertThat(api.reading().updateProgress(step).getOutcome()).isEqualTo(Outcome.OUTCOME_APPLIED);

    assertThat(api.book(book.getName()).getProgress().getFraction()).isBetween(0.49, 0.51);
  }

  private static int jobsOf(Book book) {
    // inspect, parse, summarize, and an analyze job for each slice of about 20,000 words.
    return 3 + (int) Math.ceilDiv(book.getWordCount(), 20_000);
  }

  private static Book imported(Path file) throws IOException {
    Book book = api.upload(file).getBook();
    return api.awaitBook(
        book.getName(), IMPORT_BOUND, b -> b.getState() == Book.State.STATE_ANALYZED);
  }

  private static void assertPassagesStandWhereTheySay(Book book) {
    List<Passage> passages = api.passages(book.getName());
    assertThat(passages).isNotEmpty();
    for (Passage passage : passages) {
      String text = api.chapter(passage.getRange().getChapter()).getText();
      int start = text.offsetByCodePoints(0, passage.getRange().getStart());
      int end = text.offsetByCodePoints(0, passage.getRange().getEnd());
      assertThat(passage.getText()).isEqualTo(text.substring(start, end));
    }
  }
}
