package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.ContentsEntry;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetChapterRequest.Content;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListResourcesRequest;
import dev.scriptorium.v1.ReadResourceRequest;
import dev.scriptorium.v1.Stage;
import dev.scriptorium.v1.Warning;
import dev.scriptorium.worker.v1.ResultItem;
import dev.scriptorium.worker.v1.ResultSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private Book uploaded;
  private UUID id;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    uploaded = library.upload(owner, SampleResults.ONE);
    id = BookName.parse("name", uploaded.getName()).id();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void inspectGivesMetadataCoverAndContents() throws Exception {
    library.clock.advance(Duration.ofMillis(700));

    library.apply(library.job(id, "inspect"), SampleResults.inspected());

    Book book = book();
    assertThat(book.getState()).isEqualTo(Book.State.STATE_INSPECTED);
    assertThat(book.getStages(0).getElapsedMillis()).isEqualTo(700);
    assertThat(book.getTitle()).isEqualTo("The Mill");
    assertThat(book.getContributors(0).getName()).isEqualTo("Mary Shelley");
    assertThat(book.getSeriesIndex()).isEqualTo(2.5);
    assertThat(book.getIdentifiers(0).getScheme()).isEqualTo("isbn");
    assertThat(book.getHasCover()).isTrue();
    assertThat(book.getContentsList()).extracting(ContentsEntry::getTitle).containsExactly("First");
    assertThat(book.getWarningsList())
        .extracting(Warning::getReason)
        .containsExactly("INSPECT_WARNING");
    assertThat(cover(GetCoverRequest.Size.SIZE_SMALL)).isEqualTo(20);
    assertThat(cover(GetCoverRequest.Size.SIZE_LARGE)).isEqualTo(200);
    assertThat(cover(GetCoverRequest.Size.SIZE_UNSPECIFIED)).isEqualTo(2000);
  }

  @Test
  void anOriginalCoverAboveOneMebibyteIsAnsweredWithTheLargeOne() throws Exception {
    library.apply(
        library.job(id, "inspect"),
        new TestResult()
            .image("cover", new byte[(1 << 20) + 1])
            .image("cover-large", new byte[200]));

    assertThat(cover(GetCoverRequest.Size.SIZE_ORIGINAL)).isEqualTo(200);
    assertThat(cover(GetCoverRequest.Size.SIZE_SMALL)).isEqualTo(200);
  }

  @Test
  void parseGivesChaptersContentsAndTheJobsOfTheAnalysis() throws Exception {
    library.apply(library.job(id, "inspect"), SampleResults.inspected());

    List<NewJob> next = library.apply(library.job(id, "parse"), SampleResults.parsed());

    Book book = book();
    assertThat(book.getState()).isEqualTo(Book.State.STATE_READABLE);
    assertThat(book.getChapterCount()).isEqualTo(2);
    assertThat(book.getCodePoints()).isEqualTo(22 + 33);
    assertThat(book.getWordCount()).isEqualTo(5 + 8);
    assertThat(book.getContentsList())
        .extracting(ContentsEntry::getChapter, ContentsEntry::getChapterOffset)
        .containsExactly(tuple(chapter(1), 0), tuple(chapter(2), 9));
    assertThat(book.getWarningsList())
        .extracting(Warning::getReason)
        .containsExactly("PARSE_WARNING");
    assertThat(library.catalog(owner).listChapters(list()).getChaptersList())
        .extracting(Chapter::getStart)
        .containsExactly(0L, 22L);
    assertThat(next).extracting(NewJob::kind).containsExactly("analyze", "summarize");
    assertThat(next.getFirst().lastChapter()).isEqualTo(2);
    assertThat(next.getLast().after()).containsExactly(-1L);
  }

  @Test
  void aChapterIsReadFromThePackOnceAndThenFromTheCache() throws Exception {
    library.apply(library.job(id, "parse"), SampleResults.parsed());

    Chapter text = get(2, Content.CONTENT_UNSPECIFIED);
    Chapter html = get(2, Content.CONTENT_HTML);
    Chapter both = get(2, Content.CONTENT_BOTH);
    get(2, Content.CONTENT_TEXT);
    get(2, Content.CONTENT_HTML);

    assertThat(text.getText()).isEqualTo(SampleResults.TWO);
    assertThat(text.getHtml()).isEmpty();
    assertThat(text.getNotesList())
        .singleElement()
        .satisfies(note -> assertThat(note.getText()).isEqualTo("see One"));
    assertThat(html.getText()).isEmpty();
    assertThat(html.getHtml()).isEqualTo("<p>" + SampleResults.TWO + "</p>");
    assertThat(both.getText() + both.getHtml()).isEqualTo(text.getText() + html.getHtml());
    assertThat(library.cache.loads()).isEqualTo(3);
  }

  @Test
  void aPictureIsReadOnceAndThenOnlyItsFacts() throws Exception {
    library.apply(library.job(id, "parse"), SampleResults.parsed());
    var pictures =
        library
            .catalog(owner)
            .listResources(ListResourcesRequest.newBuilder().setParent(name()).build())
            .getResourcesList();
    assertThat(pictures)
        .singleElement()
        .satisfies(
            one -> assertThat(one.getName()).isEqualTo(name() + "/resources/images/mill.jpg"));
    ReadResourceRequest.Builder request =
        ReadResourceRequest.newBuilder().setName(pictures.getFirst().getName());

    var first = library.catalog(owner).readResource(request.build());
    assertThat(first.next().getHeader().getSizeBytes()).isEqualTo(3);
    assertThat(first.next().getChunk().toByteArray()).containsExactly(1, 2, 3);
    assertThat(first.hasNext()).isFalse();

    request.setIfNoneMatch(pictures.getFirst().getEtag());
    var second = library.catalog(owner).readResource(request.build());
    assertThat(second.next().getHeader().getNotModified()).isTrue();
    assertThat(second.hasNext()).isFalse();
    request.setName(name() + "/resources/../../etc/passwd");
    assertThat(
            Refusal.of(() -> library.catalog(owner).readResource(request.build()).next()).reason())
        .isEqualTo("RESOURCE_NOT_FOUND");
  }

  private String name() {
    return new BookName(id).toString();
  }

  @Test
  void aWholeBookEndsAnalyzed() throws Exception {
    analyze();

    assertThat(book().getState()).isEqualTo(Book.State.STATE_ANALYZED);
    assertThat(book().getDegraded()).isFalse();
    assertThat(book().getStagesList())
        .extracting(Stage::getState)
        .containsOnly(Stage.State.STATE_DONE);
    assertThat(book().getStagesList()).extracting(Stage::getPercent).containsOnly(100);
    assertThat(passages()).isEqualTo(1);
  }

  @Test
  void resultsAppliedTwiceLeaveWhatOneLeaves() throws Exception {
    analyze();
    Book once = book();

    analyze();

    Book twice = book();
    assertThat(twice.toBuilder().clearEtag().build())
        .isEqualTo(once.toBuilder().clearEtag().build());
    assertThat(passages()).isEqualTo(1);
    assertThat(library.catalog(owner).listChapters(list()).getChaptersCount()).isEqualTo(2);
  }

  @Test
  void aLaterShorterParseReplacesTheEarlierOne() throws Exception {
    library.apply(library.job(id, "parse"), SampleResults.parsed());

    library.apply(library.job(id, "parse"), new TestResult().chapter("Only", "All of it."));

    assertThat(book().getChapterCount()).isEqualTo(1);
    assertThat(book().getContentsCount()).isZero();
    assertThat(get(1, Content.CONTENT_TEXT).getText()).isEqualTo("All of it.");
    assertThat(get(1, Content.CONTENT_TEXT).getNotesCount()).isZero();
    assertThat(Refusal.of(() -> get(2, Content.CONTENT_TEXT)).reason())
        .isEqualTo("CHAPTER_NOT_FOUND");
  }

  @Test
  void aBookWithoutWordsNeedsNoAnalysis() throws Exception {
    library.apply(library.job(id, "inspect"), SampleResults.inspected());

    List<NewJob> next =
        library.apply(library.job(id, "parse"), new TestResult().chapter("Picture", ""));

    assertThat(next).isEmpty();
    assertThat(book().getState()).isEqualTo(Book.State.STATE_ANALYZED);
  }

  @Test
  void aFailedInspectionFailsTheBookWithItsReason() throws Exception {
    library.fail(library.job(id, "inspect"), failure(ErrorReason.ERROR_REASON_DRM_PROTECTED));
    library.fail(library.job(id, "parse"), failure(ErrorReason.ERROR_REASON_DEPENDENCY_FAILED));

    Book book = book();
    assertThat(book.getState()).isEqualTo(Book.State.STATE_FAILED);
    assertThat(book.getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_DRM_PROTECTED);
    assertThat(book.getStagesList())
        .extracting(Stage::getState)
        .containsOnly(Stage.State.STATE_FAILED)
        .hasSize(3);
  }

  @Test
  void aFailedAnalysisLeavesAReadableDegradedBookAndARetryRepairsIt() throws Exception {
    library.apply(library.job(id, "inspect"), SampleResults.inspected());
    List<Job> analysis =
        library.commit(library.apply(library.job(id, "parse"), SampleResults.parsed()));

    library.fail(analysis.get(0), failure(ErrorReason.ERROR_REASON_RUNNER_CRASHED));
    library.fail(analysis.get(1), failure(ErrorReason.ERROR_REASON_DEPENDENCY_FAILED));

    assertThat(book().getState()).isEqualTo(Book.State.STATE_READABLE);
    assertThat(book().getDegraded()).isTrue();
    assertThat(book().getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_RUNNER_CRASHED);

    library.retry(analysis.get(0));
    library.retry(analysis.get(1));
    assertThat(book().getStages(2).getState()).isEqualTo(Stage.State.STATE_WAITING);
    library.apply(analysis.get(0), SampleResults.analyzed());
    library.apply(analysis.get(1), SampleResults.summarized());
    assertThat(book().getState()).isEqualTo(Book.State.STATE_ANALYZED);
    assertThat(book().getDegraded()).isFalse();
    assertThat(book().hasFailure()).isFalse();
  }

  @Test
  void aRetriedInspectionOpensWhatFellWithIt() throws Exception {
    library.fail(library.job(id, "inspect"), failure(ErrorReason.ERROR_REASON_RUNNER_CRASHED));

    library.retry(library.job(id, "inspect"));

    assertThat(book().getState()).isEqualTo(Book.State.STATE_UPLOADED);
    assertThat(book().getStagesList())
        .extracting(Stage::getState)
        .containsOnly(Stage.State.STATE_WAITING);
  }

  @Test
  void aDegradedResultMarksTheBook() throws Exception {
    TestResult degraded =
        SampleResults.inspected()
            .item(ResultItem.newBuilder().setSummary(ResultSummary.newBuilder().setDegraded(true)));

    library.apply(library.job(id, "inspect"), degraded);

    assertThat(book().getDegraded()).isTrue();
  }

  @Test
  void thePackAndTheFileAreReferredTo() throws Exception {
    TestResult parsed = SampleResults.parsed();
    StoredBlob pack = parsed.pack(library.blobs);
    StoredBlob unused = new TestResult().chapter("x", "y").pack(library.blobs);
    library.apply(library.job(id, "parse"), parsed);
    var file = new dev.scriptorium.server.blob.Sha256(uploaded.getSha256());

    assertThat(
            new BookBlobs(database.scheduler())
                .referenced(List.of(pack.sha256(), unused.sha256(), file)))
        .containsExactlyInAnyOrder(pack.sha256(), file);
  }

  private void analyze() throws Exception {
    library.apply(library.job(id, "inspect"), SampleResults.inspected());
    List<Job> analysis =
        library.commit(library.apply(library.job(id, "parse"), SampleResults.parsed()));
    library.apply(analysis.get(0), SampleResults.analyzed());
    library.apply(analysis.get(1), SampleResults.summarized());
  }

  private static Failure failure(ErrorReason reason) {
    return Failure.newBuilder().setReason(reason).setMessage("book.txt: it failed").build();
  }

  private Book book() {
    return library
        .catalog(owner)
        .getBook(GetBookRequest.newBuilder().setName(uploaded.getName()).build());
  }

  private int cover(GetCoverRequest.Size size) {
    return library
        .catalog(owner)
        .getCover(GetCoverRequest.newBuilder().setName(uploaded.getName()).setSize(size).build())
        .getData()
        .size();
  }

  private int passages() {
    return library
        .analysis(owner)
        .listPassages(ListPassagesRequest.newBuilder().setParent(uploaded.getName()).build())
        .getPassagesCount();
  }

  private Chapter get(int ordinal, Content content) {
    return library
        .catalog(owner)
        .getChapter(
            GetChapterRequest.newBuilder().setName(chapter(ordinal)).setContent(content).build());
  }

  private ListChaptersRequest list() {
    return ListChaptersRequest.newBuilder().setParent(uploaded.getName()).build();
  }

  private String chapter(int ordinal) {
    return uploaded.getName() + "/chapters/" + ordinal;
  }
}
