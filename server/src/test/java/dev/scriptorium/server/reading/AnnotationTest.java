package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.catalog.TestResult;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.Annotation.Anchor;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.DeleteAnnotationRequest;
import dev.scriptorium.v1.ExportAnnotationsRequest;
import dev.scriptorium.v1.ExportAnnotationsRequest.Format;
import dev.scriptorium.v1.GetAnnotationRequest;
import dev.scriptorium.v1.ListAnnotationsRequest;
import dev.scriptorium.v1.UpdateAnnotationRequest;
import dev.scriptorium.worker.v1.ResultItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AnnotationTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private static final String ID = "01939e5a-7c00-7000-8000-0000000000b1";

  private Library library;
  private UUID owner;
  private String book;
  private Job parse;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    Book made = library.upload(owner, "text");
    book = made.getName();
    parse = library.job(BookName.parse("name", book).id(), "parse");
    library.apply(parse, SampleResults.parsed());
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aHighlightKnowsTheTextThatItMarks() {
    // "the old mill 😀", from the ninth code point of the second chapter.
    Annotation made = create(highlight(31, 45));

    assertThat(made.getQuote().getExact()).isEqualTo("the old mill 😀");
    assertThat(made.getQuote().getPrefix()).isEqualTo("Anna saw ");
    assertThat(made.getQuote().getSuffix()).isEqualTo(" by night.");
    assertThat(made.getPosition().getChapter()).isEqualTo(book + "/chapters/2");
    assertThat(made.getPosition().getChapterOffset()).isEqualTo(9);
    assertThat(made.getAnchor()).isEqualTo(Anchor.ANCHOR_EXACT);
    assertThat(get(made.getName())).isEqualTo(made);
  }

  @Test
  void aRangeLiesInOneChapter() {
    assertField("annotation.end", highlight(15, 25));
    assertField("annotation.start", highlight(-1, 2));
    assertField("annotation.start", highlight(56, 57));
    assertField("annotation.end", highlight(3, 3));
    assertField("annotation.type", highlight(3, 5).setType(Annotation.Type.TYPE_UNSPECIFIED));
    assertField("annotation.device", highlight(3, 5).clearDevice());
    assertField("annotation.note", highlight(3, 5).setNote("x".repeat(20_001)));
    assertField("annotation.tags", highlight(3, 5).addTags(""));
  }

  @Test
  void aMarkMadeTwiceUnderItsIdIsOneMark() {
    Annotation first = create(highlight(0, 4).setNote("one"), ID);

    Annotation again = create(highlight(0, 4).setNote("one"), ID);

    assertThat(again.getName()).isEqualTo(first.getName()).endsWith(ID);
    assertThat(again.getNote()).isEqualTo("one");
    assertThat(list(book)).hasSize(1);
  }

  @Test
  void anUpdateChangesWhatItsMaskNames() {
    Annotation made = create(highlight(0, 4).setNote("old").setColor("red"));

    Annotation changed =
        update(made, made.toBuilder().setNote("new").setColor("blue").build(), made.getEtag());

    assertThat(changed.getNote()).isEqualTo("new");
    assertThat(changed.getColor()).isEqualTo("red");
    assertThat(changed.getEtag()).isNotEqualTo(made.getEtag());
    Refusal refusal = Refusal.of(() -> update(made, made, made.getEtag()));
    assertThat(refusal.reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(refusal.metadata()).containsEntry("etag", changed.getEtag());
  }

  @Test
  void notesOfTwoDevicesThatWereOfflineComeTogether() {
    Annotation made = create(highlight(0, 4));
    var now = library.clock.instant();
    library.clock.advance(Duration.ofMinutes(10));
    Annotation tablet =
        made.toBuilder()
            .setNote("by tablet")
            .setDevice("tablet")
            .setEditTime(WireTime.of(now.plusSeconds(60)))
            .build();
    Annotation phone =
        made.toBuilder()
            .setNote("by phone")
            .setDevice("phone")
            .setEditTime(WireTime.of(now.plusSeconds(30)))
            .build();

    merge(tablet, made.getEtag());
    Annotation merged = merge(phone, made.getEtag());

    assertThat(merged.getNote()).isEqualTo("by tablet\n\nby phone");
    assertThat(merge(tablet, made.getEtag()).getNote()).isEqualTo("by tablet\n\nby phone");
  }

  @Test
  void aDeletedMarkStaysAsATombstoneUntilItIsPurged() {
    Annotation made = create(highlight(0, 4));

    Annotation deleted = delete(made.getName(), "");

    assertThat(deleted.hasDeleteTime()).isTrue();
    assertThat(delete(made.getName(), "")).isEqualTo(deleted);
    assertThat(list(book)).isEmpty();
    assertThat(
            library
                .reading(owner)
                .listAnnotations(
                    ListAnnotationsRequest.newBuilder()
                        .setParent("books/-")
                        .setShowDeleted(true)
                        .build())
                .getAnnotationsList())
        .containsExactly(deleted);
    AnnotationPurge purge = new AnnotationPurge(database.scheduler(), library.clock);
    library.clock.advance(Duration.ofDays(29));
    long _ = purge.run();
    assertThat(get(made.getName()).hasDeleteTime()).isTrue();
    library.clock.advance(Duration.ofDays(2));
    assertThat(purge.run()).isPositive();
    assertThat(Refusal.of(() -> get(made.getName())).reason()).isEqualTo("ANNOTATION_NOT_FOUND");
  }

  @Test
  void pagesFollowTheBook() {
    create(highlight(40, 45));
    create(highlight(0, 4));
    create(highlight(31, 34));
    List<Long> starts = new ArrayList<>();
    var request = ListAnnotationsRequest.newBuilder().setParent(book).setPageSize(1);
    do {
      var page = library.reading(owner).listAnnotations(request.build());
      page.getAnnotationsList().forEach(a -> starts.add(a.getStart()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());

    assertThat(starts).containsExactly(0L, 31L, 40L);
  }

  @Test
  void marksFindTheirPlaceInAReplacedFile() throws Exception {
    Annotation mill = create(highlight(31, 43));
    Annotation night = create(highlight(49, 54));
    Annotation here = create(highlight(31, 31).setType(Annotation.Type.TYPE_BOOKMARK));
    Annotation once = create(highlight(0, 4));
    String preface = "A long preface that was not there before. ";

    library.apply(
        parse,
        new TestResult()
            .item(ResultItem.newBuilder().setMetadata(SampleResults.metadata()))
            .chapter("Preface", preface)
            .chapter("Two", "Once, Anna saw the  OLD mill 😀 by day."));

    Annotation moved = get(mill.getName());
    assertThat(moved.getAnchor()).isEqualTo(Anchor.ANCHOR_MOVED);
    assertThat(moved.getStart()).isEqualTo(preface.length() + 15);
    assertThat(moved.getEnd() - moved.getStart()).isEqualTo("the  OLD mill".length());
    assertThat(moved.getPosition().getChapter()).endsWith("/chapters/2");
    assertThat(moved.getQuote().getExact()).isEqualTo("the old mill");
    assertThat(get(night.getName()).getAnchor()).isEqualTo(Anchor.ANCHOR_LOST);
    assertThat(get(once.getName()).getStart()).isEqualTo(preface.length());
    assertThat(list(book)).extracting(Annotation::getName).contains(here.getName());
    long revision = AnnotationRequests.revision(moved.getEtag());
    assertThat(AnnotationRequests.revision(get(mill.getName()).getEtag())).isEqualTo(revision);
  }

  @Test
  void theFileForTheWebHasEveryMarkWithItsSelectors() {
    Annotation made = create(highlight(31, 43).setNote("Say \"mill\"").addTags("place"));
    create(highlight(0, 0).setType(Annotation.Type.TYPE_BOOKMARK));

    String json = export(Format.FORMAT_W3C);

    assertThat(json)
        .startsWith("{\"@context\":\"http://www.w3.org/ns/anno.jsonld\"")
        .contains("\"id\":\"urn:uuid:" + made.getName().substring(made.getName().length() - 36))
        .contains("\"motivation\":\"highlighting\"", "\"motivation\":\"bookmarking\"")
        .contains("{\"type\":\"TextQuoteSelector\",\"exact\":\"the old mill\"")
        .contains("{\"type\":\"TextPositionSelector\",\"start\":31,\"end\":43}")
        .contains("\"value\":\"Say \\\"mill\\\"\"")
        .contains("\"purpose\":\"tagging\"");
    assertThat(
            com.google.gson.JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("items"))
        .hasSize(2);
  }

  @Test
  void theOtherFilesAreForPeopleAndSpreadsheets() {
    create(highlight(31, 43).setNote("=SUM(A1)").addTags("place"));

    assertThat(export(Format.FORMAT_MARKDOWN))
        .isEqualTo(
            """
            # The Mill

            Mary Shelley

            ## Chapter 2

            > the old mill

            =SUM(A1)

            Tags: place
            """);
    List<String> lines = export(Format.FORMAT_CSV).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("book,title,authors,type");
    assertThat(lines.getLast())
        .startsWith(
            book + ",The Mill,Mary Shelley,highlight,2,31,43,the old mill,'=SUM(A1),,place,");
  }

  private static Annotation.Builder highlight(long start, long end) {
    return Annotation.newBuilder()
        .setType(Annotation.Type.TYPE_HIGHLIGHT)
        .setStart(start)
        .setEnd(end)
        .setDevice("phone");
  }

  private Annotation create(Annotation.Builder mark) {
    return create(mark, "");
  }

  private Annotation create(Annotation.Builder mark, String id) {
    return library
        .reading(owner)
        .createAnnotation(
            CreateAnnotationRequest.newBuilder()
                .setParent(book)
                .setAnnotation(mark)
                .setAnnotationId(id)
                .build());
  }

  private Annotation update(Annotation made, Annotation changed, String etag) {
    assertThat(made.getName()).isEqualTo(changed.getName());
    return library
        .reading(owner)
        .updateAnnotation(
            UpdateAnnotationRequest.newBuilder()
                .setAnnotation(changed.toBuilder().clearEditTime())
                .setUpdateMask(FieldMask.newBuilder().addPaths("note"))
                .setEtag(etag)
                .build());
  }

  private Annotation merge(Annotation changed, String etag) {
    return library
        .reading(owner)
        .updateAnnotation(
            UpdateAnnotationRequest.newBuilder()
                .setAnnotation(changed)
                .setUpdateMask(FieldMask.newBuilder().addPaths("note"))
                .setEtag(etag)
                .setMerge(true)
                .build());
  }

  private Annotation delete(String name, String etag) {
    return library
        .reading(owner)
        .deleteAnnotation(
            DeleteAnnotationRequest.newBuilder()
                .setName(name)
                .setEtag(etag)
                .setDevice("phone")
                .build());
  }

  private Annotation get(String name) {
    return library
        .reading(owner)
        .getAnnotation(GetAnnotationRequest.newBuilder().setName(name).build());
  }

  private List<Annotation> list(String parent) {
    return library
        .reading(owner)
        .listAnnotations(ListAnnotationsRequest.newBuilder().setParent(parent).build())
        .getAnnotationsList();
  }

  private String export(Format format) {
    StringBuilder text = new StringBuilder();
    library
        .reading(owner)
        .exportAnnotations(
            ExportAnnotationsRequest.newBuilder().setParent("books/-").setFormat(format).build())
        .forEachRemaining(piece -> text.append(piece.getText()));
    return text.toString();
  }

  private void assertField(String field, Annotation.Builder mark) {
    Refusal refusal = Refusal.of(() -> create(mark));
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELD");
    assertThat(refusal.metadata()).containsEntry("field", field);
  }
}
