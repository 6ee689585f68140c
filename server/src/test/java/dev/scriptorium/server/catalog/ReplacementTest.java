package dev.scriptorium.server.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.Annotation.Anchor;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.GetAnnotationRequest;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.ListDeviceProgressRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ReplaceFileRequest;
import dev.scriptorium.v1.Replacement;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A book gets an edited copy of its file, while somebody reads it. */
class ReplacementTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private static final String ONE =
      "The tide went out before the sun was up. Nobody in the village saw it go, and nobody would"
          + " have minded, had it come back again at noon as it had done on every other day.";
  private static final String TWO =
      "By evening the boats lay on their sides in the mud. The children ran out to look for coins,"
          + " and the old men stood on the wall and said nothing, which was worse than talk. ";
  private static final String GONE =
      "A stranger came and sold them maps of islands that nobody has found, and was gone again"
          + " before anybody thought of asking for his name.";
  private static final String PREFACE =
      "This edition was mended by many hands, to whom the printer is obliged.";
  // A slip is mended, a sentence put in, a stretch left out, and a preface put before all.
  private static final String EDITED =
      TWO.replace("coins", "old coins").replace("nothing, which", "nothing. That");

  private Library library;
  private UUID owner;
  private UUID reader;
  private UploadRig rig;
  private String book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    reader = database.createAccount();
    rig = UploadRig.of(library, owner);
    book = imported("the first text");
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  private String imported(String text) throws Exception {
    Book made = library.upload(owner, text);
    UUID id = BookName.parse("name", made.getName()).id();
    library.apply(library.job(id, "inspect"), SampleResults.inspected());
    List<Job> analysis =
        library.commit(
            library.apply(
                library.job(id, "parse"),
                new TestResult().chapter("One", ONE).chapter("Two", TWO + GONE)));
    for (Job job : analysis) {
      library.apply(job, new TestResult().item(SampleResults.passage(1, 4, 8, "tide", 50)));
    }
    return made.getName();
  }

  private static TestResult edited() {
    return new TestResult().chapter("Preface", PREFACE).chapter("One", ONE).chapter("Two", EDITED);
  }

  private Replacement replace(String text) {
    return rig.replace(book, rig.whole(text.getBytes(UTF_8)));
  }

  private Job parse() {
    return library.jobs.committed.getLast();
  }

  @Test
  void theOldTextIsReadUntilTheNewOneIsThere() throws Exception {
    Book before = book();
    library.clock.advance(Duration.ofMinutes(1));

    Replacement asked = replace("the second text");

    assertThat(asked.getState()).isEqualTo(Replacement.State.STATE_PENDING);
    assertThat(parse().kind()).isEqualTo("parse");
    assertThat(chapter(1)).isEqualTo(ONE);
    assertThat(book()).isEqualTo(before);

    List<Job> next = library.commit(library.apply(parse(), edited()));

    Book after = book();
    assertThat(chapter(1)).isEqualTo(PREFACE);
    assertThat(chapter(3)).isEqualTo(EDITED);
    assertThat(after.getSha256()).isEqualTo(Sha256.of("the second text".getBytes(UTF_8)).hex());
    assertThat(after.getEtag()).isNotEqualTo(before.getEtag());
    assertThat(after.getChapterCount()).isEqualTo(3);
    assertThat(rig.replacement(asked.getName()).getState()).isEqualTo(Replacement.State.STATE_DONE);
    assertThat(next).extracting(Job::kind).containsExactly("analyze", "summarize", "inspect");
    assertThat(next).allSatisfy(job -> assertThat(job.terms().payload().isEmpty()).isTrue());
  }

  @Test
  void everyReaderStaysAtTheWordsWhereTheyStood() throws Exception {
    int boats = ONE.length() + TWO.indexOf("boats");
    int maps = ONE.length() + TWO.length() + GONE.indexOf("sold");
    step("phone", boats, 0);
    placeOf(reader, maps);
    library.clock.advance(Duration.ofMinutes(1));

    Replacement asked = replace("the second text");
    library.apply(parse(), edited());

    Progress mine = progress(owner);
    int length = PREFACE.length() + ONE.length() + EDITED.length();
    assertThat(mine.getPosition().getOffset())
        .isEqualTo(PREFACE.length() + ONE.length() + EDITED.indexOf("boats"));
    assertThat(mine.getRevision()).isEqualTo(2);
    assertThat(mine.getDevice()).isEqualTo("phone");
    assertThat(mine.getApproximate()).isFalse();
    int old = ONE.length() + TWO.length() + GONE.length();
    assertThat(place(reader)).isEqualTo(Math.round((double) maps / old * length));
    Replacement done = rig.replacement(asked.getName());
    assertThat(done.getPlaceCount()).isEqualTo(2);
    assertThat(done.getLostCount()).isEqualTo(1);
  }

  @Test
  void aPlaceThatWasNotFoundSaysSoUntilTheReaderMoves() throws Exception {
    step("phone", ONE.length() + TWO.length() + GONE.indexOf("sold"), 0);
    library.clock.advance(Duration.ofMinutes(1));
    replace("the second text");
    library.apply(parse(), edited());
    Progress lost = progress(owner);

    step("phone", 10, lost.getRevision());

    assertThat(lost.getApproximate()).isTrue();
    assertThat(progress(owner).getApproximate()).isFalse();
  }

  @Test
  void aDeviceWithTheOldTextIsAskedAndNotBelieved() throws Exception {
    step("phone", 10, 0);
    library.clock.advance(Duration.ofMinutes(1));
    replace("the second text");
    library.apply(parse(), edited());
    library.clock.advance(Duration.ofMinutes(1));

    UpdateProgressResponse late = step("phone", 20, 1);

    assertThat(late.getOutcome()).isEqualTo(UpdateProgressResponse.Outcome.OUTCOME_CONFLICT);
    assertThat(late.getProgress().getPosition().getOffset()).isEqualTo(PREFACE.length() + 10);
    assertThat(
            library
                .reading(owner)
                .listProgressHistory(
                    ListProgressHistoryRequest.newBuilder().setParent(book + "/progress").build())
                .getStepsList())
        .extracting(step -> step.getProgress().getDevice())
        .containsExactly("phone", "", "phone");
    assertThat(
            library
                .reading(owner)
                .listDeviceProgress(
                    ListDeviceProgressRequest.newBuilder().setName(book + "/progress").build())
                .getHeadsList())
        .extracting(Progress::getDevice)
        .containsExactly("phone");
  }

  @Test
  void marksFollowAndWhatIsGoneKeepsItsProportion() throws Exception {
    int coins = ONE.length() + TWO.indexOf("for coins");
    int maps = ONE.length() + TWO.length() + GONE.indexOf("sold");
    Annotation words = mark(coins, coins + "for coins".length());
    Annotation place = mark(ONE.length() + TWO.indexOf("The children"), -1);
    Annotation gone = mark(maps, maps + "sold them maps".length());
    library.clock.advance(Duration.ofMinutes(1));
    replace("the second text");
    library.apply(parse(), edited());

    int begin = PREFACE.length() + ONE.length();
    Annotation moved = annotation(words);
    assertThat(moved.getAnchor()).isEqualTo(Anchor.ANCHOR_MOVED);
    assertThat(text(moved)).isEqualTo("for old coins");
    assertThat(annotation(place).getStart()).isEqualTo(begin + EDITED.indexOf("The children"));
    Annotation lost = annotation(gone);
    int old = ONE.length() + TWO.length() + GONE.length();
    int length = begin + EDITED.length();
    assertThat(lost.getAnchor()).isEqualTo(Anchor.ANCHOR_LOST);
    assertThat(lost.getStart()).isEqualTo(Math.round((double) maps / old * length));
    assertThat(lost.getQuote().getExact()).isEqualTo("sold them maps");
  }

  private static String text(Annotation mark) {
    String all = PREFACE + ONE + EDITED;
    return all.substring((int) mark.getStart(), (int) mark.getEnd());
  }

  @Test
  void theOldFileStillFindsTheBook() throws Exception {
    replace("the second text");
    assertThat(library.upload(owner, "the second text").getName()).isEqualTo(book);
    library.apply(parse(), edited());

    assertThat(library.upload(owner, "the first text").getName()).isEqualTo(book);
    assertThat(library.upload(owner, "the second text").getName()).isEqualTo(book);
    int jobs = library.jobs.committed.size();
    String back = rig.finish(rig.whole("the first text".getBytes(UTF_8))).getBook().getName();
    assertThat(back).isEqualTo(book);
    assertThat(library.jobs.committed).hasSize(jobs);
  }

  @Test
  void aFileThatCannotBeTakenApartLeavesTheBookAsItWas() throws Exception {
    Book before = book();
    Replacement asked = replace("the second text");
    Job parse = parse();

    library.fail(
        parse,
        Failure.newBuilder()
            .setReason(ErrorReason.ERROR_REASON_FILE_CORRUPT)
            .setMessage("torn")
            .build());

    Replacement failed = rig.replacement(asked.getName());
    assertThat(failed.getState()).isEqualTo(Replacement.State.STATE_FAILED);
    assertThat(failed.getFailure().getMessage()).isEqualTo("torn");
    assertThat(book()).isEqualTo(before);
    assertThat(chapter(1)).isEqualTo(ONE);

    library.retry(parse);
    library.apply(parse, edited());
    assertThat(chapter(1)).isEqualTo(PREFACE);
    assertThat(rig.replacement(asked.getName()).getState()).isEqualTo(Replacement.State.STATE_DONE);
  }

  @Test
  void aResultThatBreaksARuleAtItsEndChangesNothing() throws Exception {
    step("phone", 10, 0);
    Book before = book();
    Replacement asked = replace("the second text");
    TestResult broken = edited().item(SampleResults.position(7, 0));

    assertThat(catchThrowable(() -> library.apply(parse(), broken)))
        .isInstanceOf(ResultInvalidException.class);

    assertThat(chapter(1)).isEqualTo(ONE);
    assertThat(book().getSha256()).isEqualTo(before.getSha256());
    assertThat(progress(owner).getPosition().getOffset()).isEqualTo(10);
    assertThat(rig.replacement(asked.getName()).getState())
        .isEqualTo(Replacement.State.STATE_PENDING);
  }

  @Test
  void whatWasFoundInTheOldTextIsForgottenAlsoWhenItComesLate() throws Exception {
    assertThat(passages()).isEqualTo(1);
    Job late = library.job(BookName.parse("name", book).id(), "summarize");
    library.clock.advance(Duration.ofMinutes(1));
    replace("the second text");
    List<Job> next = library.commit(library.apply(parse(), edited()));
    assertThat(passages()).isZero();

    library.apply(late, new TestResult().item(SampleResults.passage(1, 0, 4, "This", 50)));
    assertThat(passages()).isZero();

    TestResult found = new TestResult().item(SampleResults.passage(1, 0, 4, "This", 50));
    library.apply(next.get(0), found);
    library.apply(next.get(1), found);
    assertThat(passages()).isEqualTo(1);
  }

  @Test
  void aReplacementIsAskedForOnce() {
    String upload = rig.whole("the second text".getBytes(UTF_8));
    Replacement asked = rig.replace(book, upload);

    assertThat(rig.replace(book, upload)).isEqualTo(asked);
    Refusal busy = Refusal.of(() -> replace("a third text"));
    Refusal used = Refusal.of(() -> rig.replace(imported("another book"), upload));
    assertThat(busy.reason()).isEqualTo("BOOK_BUSY");
    assertThat(used.reason()).isEqualTo("UPLOAD_FINISHED");
    assertThat(rig.get(upload).getBook()).isEqualTo(book);
  }

  @Test
  void whatCannotBeReplacedIsRefused() throws Exception {
    String other = imported("another book");
    Book fresh = library.upload(owner, "being imported");
    byte[] second = "the second text".getBytes(UTF_8);

    assertThat(Refusal.of(() -> replace("another book")).metadata()).containsEntry("book", other);
    assertThat(Refusal.of(() -> rig.replace(fresh.getName(), rig.whole(second))).reason())
        .isEqualTo("BOOK_BUSY");
    assertThat(Refusal.of(() -> rig.replace(book, rig.start(second).getName())).reason())
        .isEqualTo("UPLOAD_INCOMPLETE");
    ReplaceFileRequest stale =
        ReplaceFileRequest.newBuilder()
            .setName(book)
            .setUpload(rig.whole(second))
            .setEtag("\"0\"")
            .build();
    assertThat(Refusal.of(() -> rig.calls().replaceFile(stale)).reason())
        .isEqualTo("ETAG_MISMATCH");
    UploadRig stranger = UploadRig.of(library, reader);
    String theirs = stranger.whole(second);
    assertThat(Refusal.of(() -> stranger.replace(book, theirs)).reason())
        .isEqualTo("BOOK_NOT_FOUND");
    Replacement asked = replace("the second text");
    assertThat(Refusal.of(() -> stranger.replacement(asked.getName())).reason())
        .isEqualTo("REPLACEMENT_NOT_FOUND");
  }

  @Test
  void theSameFileReplacesNothing() {
    Replacement same = replace("the first text");

    assertThat(same.getState()).isEqualTo(Replacement.State.STATE_DONE);
    assertThat(parse().terms().payload().isEmpty()).isTrue();
  }

  private Book book() {
    return library.catalog(owner).getBook(GetBookRequest.newBuilder().setName(book).build());
  }

  private String chapter(int ordinal) {
    return library
        .catalog(owner)
        .getChapter(GetChapterRequest.newBuilder().setName(book + "/chapters/" + ordinal).build())
        .getText();
  }

  private int passages() {
    return library
        .analysis(owner)
        .listPassages(ListPassagesRequest.newBuilder().setParent(book).build())
        .getPassagesCount();
  }

  private Progress progress(UUID who) {
    return library
        .reading(who)
        .getProgress(GetProgressRequest.newBuilder().setName(book + "/progress").build());
  }

  private UpdateProgressResponse step(String device, long offset, long base) {
    return library
        .reading(owner)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(book + "/progress")
                .setDevice(device)
                .setOffset(offset)
                .setBaseRevision(base)
                .build());
  }

  // As of a reader with whom the book is shared.
  private void placeOf(UUID who, long offset) {
    database
        .scheduler()
        .inTransaction(
            h ->
                h.execute(
                    "insert into progress_head (owner_id, book_id, event_id, revision, book_offset,"
                        + " device, event_at, updated_at) values (?, ?, 1, 1, ?, 'x', now(),"
                        + " now())",
                    who,
                    BookName.parse("name", book).id(),
                    offset));
  }

  private long place(UUID who) {
    return database
        .scheduler()
        .inTransaction(
            h ->
                h.createQuery(
                        "select book_offset from progress_head where owner_id = :who and"
                            + " approximate")
                    .bind("who", who)
                    .mapTo(Long.class)
                    .one());
  }

  private Annotation mark(long start, long end) {
    Annotation.Builder mark = Annotation.newBuilder().setStart(start).setDevice("phone");
    if (end < 0) {
      mark.setType(Annotation.Type.TYPE_BOOKMARK);
    } else {
      mark.setType(Annotation.Type.TYPE_HIGHLIGHT).setEnd(end);
    }
    return library
        .reading(owner)
        .createAnnotation(
            CreateAnnotationRequest.newBuilder().setParent(book).setAnnotation(mark).build());
  }

  private Annotation annotation(Annotation mark) {
    return library
        .reading(owner)
        .getAnnotation(GetAnnotationRequest.newBuilder().setName(mark.getName()).build());
  }
}
