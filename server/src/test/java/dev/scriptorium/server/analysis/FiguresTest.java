package dev.scriptorium.server.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.catalog.TestResult;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.v1.AnalysisRun;
import dev.scriptorium.v1.BookFacts;
import dev.scriptorium.v1.ChapterFacts;
import dev.scriptorium.v1.GetBookFactsRequest;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.v1.MemberRun;
import dev.scriptorium.v1.TextFacts;
import dev.scriptorium.worker.v1.ResultItem;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private AnalyzedBook book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book = AnalyzedBook.in(library, owner);
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aBookHasItsFiguresAndThoseOfItsChapters() {
    database.statements().reset();
    BookFacts facts = facts(request());

    assertThat(database.statements().statements()).hasSizeLessThanOrEqualTo(3);
    TextFacts whole = facts.getBook();
    assertThat(whole.getLanguage()).isEqualTo("en");
    assertThat(whole.getWordCount()).isEqualTo(350);
    assertThat(whole.getSentenceCount()).isEqualTo(2);
    assertThat(whole.getReadingSeconds()).isEqualTo(350);
    assertThat(whole.getDifficulty()).isEqualTo(40);
    assertThat(whole.getReadability(0).getFormula()).isEqualTo("LIX");
    assertThat(whole.getKeywords(0).getWord()).isEqualTo("snow");
    assertThat(facts.getChaptersList())
        .extracting(chapter -> chapter.getFacts().getWordCount())
        .containsExactly(100L, 200L, 50L);
  }

  @Test
  void aBookSaysHowItWasAnalyzedUntilTheNextAnalysis() throws Exception {
    AnalysisRun run = facts(request()).getAnalysis();

    assertThat(run.getPlugin()).isEqualTo("scriptorium");
    assertThat(run.getMode()).isEqualTo("ENSEMBLE");
    assertThat(run.getWeights()).isEqualTo("0123456789ab");
    assertThat(run.getParagraphs()).isEqualTo(30);
    assertThat(run.getFallbacksList()).containsExactly("MEMBER_FAILED");
    assertThat(run.getDegraded()).isTrue();
    assertThat(run.getMembersList())
        .containsExactly(
            member("SHAPE", 1, 30, false).build(), member("LEXICON", 2.5, 7, true).build());

    library.apply(book.analysis().getLast(), new TestResult());

    assertThat(facts(request()).hasAnalysis()).isFalse();
  }

  private static MemberRun.Builder member(String name, double weight, long judged, boolean failed) {
    return MemberRun.newBuilder()
        .setMember(name)
        .setWeight(weight)
        .setJudged(judged)
        .setTime(Duration.newBuilder().setSeconds(1).setNanos(500_000_000))
        .setFailed(failed);
  }

  @Test
  void keywordsAndChaptersAreCutAtThePositionOfTheReader() {
    BookFacts early = facts(request().setUpTo(1999));
    BookFacts late = facts(request().setUpTo(3000));

    assertThat(early.getChaptersCount()).isEqualTo(1);
    assertThat(early.getBook().getWordCount()).isEqualTo(350);
    assertThat(early.getBook().getKeywordsList())
        .extracting(Keyword::getWord)
        .containsExactly("mill");
    assertThat(late.getBook().getKeywordsList())
        .extracting(Keyword::getWord, Keyword::getCount)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("train", 200),
            org.assertj.core.api.Assertions.tuple("mill", 150));
  }

  @Test
  void chaptersComePageByPage() {
    BookFacts first = facts(request().setPageSize(2));
    BookFacts second = facts(request().setPageSize(2).setPageToken(first.getNextPageToken()));

    assertThat(first.getChaptersCount()).isEqualTo(2);
    assertThat(second.getChaptersList())
        .extracting(ChapterFacts::getChapter)
        .containsExactly(book.name() + "/chapters/3");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void aBookThatIsNotAnalyzedHasNone() {
    String other = library.upload(owner, "another").getName();

    BookFacts facts = facts(GetBookFactsRequest.newBuilder().setName(other));

    assertThat(facts).isEqualTo(BookFacts.getDefaultInstance());
  }

  @Test
  void aStrangerSeesNothing() {
    UUID stranger = database.createAccount();

    assertThat(
            Refusal.of(() -> library.analysis(stranger).getBookFacts(request().build())).reason())
        .isEqualTo("BOOK_NOT_FOUND");
  }

  @Test
  void figuresThatCannotBeAreRefused() {
    Job summarize = book.analysis().getLast();
    ResultItem.Builder twice = SampleResults.chapterFacts(1, 5, "x");
    ResultItem.Builder foreign = SampleResults.chapterFacts(9, 5, "x");
    ResultItem.Builder negative = SampleResults.chapterFacts(1, -5, "x");

    assertInvalid(summarize, new TestResult().item(twice).item(twice), "once");
    assertInvalid(summarize, new TestResult().item(foreign), "chapter 9");
    assertInvalid(summarize, new TestResult().item(negative), "negative");
    ResultItem.Builder run = SampleResults.analysisRun();
    assertInvalid(summarize, new TestResult().item(run).item(run), "once");
    ResultItem.Builder nobody = SampleResults.analysisRun();
    nobody.getAnalysisRunBuilder().setPlugin("");
    assertInvalid(summarize, new TestResult().item(nobody), "plugin is not empty");
    ResultItem.Builder odd = SampleResults.analysisRun();
    odd.getAnalysisRunBuilder().getMembersBuilder(0).setNanos(-1);
    assertInvalid(summarize, new TestResult().item(odd), "negative");
    assertInvalid(
        summarize,
        new TestResult().item(SampleResults.quotation(1, 1, 0, "a", 0)),
        "entity is 0 to 0");
  }

  private void assertInvalid(Job job, TestResult result, String rule) {
    assertThatThrownBy(() -> library.apply(job, result))
        .isInstanceOf(ResultInvalidException.class)
        .hasMessageContaining(rule);
  }

  private GetBookFactsRequest.Builder request() {
    return GetBookFactsRequest.newBuilder().setName(book.name());
  }

  private BookFacts facts(GetBookFactsRequest.Builder request) {
    return library.analysis(owner).getBookFacts(request.build());
  }
}
