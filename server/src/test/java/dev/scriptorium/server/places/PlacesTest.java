package dev.scriptorium.server.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.positions.SourceMap;
import dev.scriptorium.positions.SourcePath;
import dev.scriptorium.positions.SourceRuns;
import dev.scriptorium.positions.SpinePlace;
import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.TestResult;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ConvertLocatorsRequest;
import dev.scriptorium.v1.ConvertLocatorsRequest.Form;
import dev.scriptorium.v1.ConvertLocatorsResponse.Result;
import dev.scriptorium.v1.ListPositionsRequest;
import dev.scriptorium.v1.ListPositionsResponse;
import dev.scriptorium.v1.Locator;
import dev.scriptorium.v1.Place;
import dev.scriptorium.worker.v1.ResultItem;
import dev.scriptorium.worker.v1.SourcePosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private static final String ONE = "Once there was a mill.";
  private static final String TWO = "It stood alone.";
  private static final String THREE = "Nobody came.";
  private static final List<Form> ALL =
      List.of(Form.FORM_LOCATOR, Form.FORM_EPUB_CFI, Form.FORM_XPOINTER, Form.FORM_PAGE);

  private Library library;
  private UUID owner;
  private String book = "";

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void everyOffsetOfAnEpubLeadsThereAndBackInEveryForm() throws Exception {
    epub();
    int length = ONE.length() + 2 + TWO.length() + THREE.length();

    for (int offset = 0; offset < length; offset++) {
      Result there = convert(Place.newBuilder().setOffset(offset), ALL);
      assertThat(there.getFormsList()).hasSize(3).allMatch(Place::getExact);
      for (Place form : there.getFormsList()) {
        Result back = convert(form.toBuilder(), List.of());
        assertThat(back.getPosition().getOffset()).as(form.toString()).isEqualTo(offset);
        assertThat(back.getExact()).as(form.toString()).isTrue();
      }
    }
  }

  @Test
  void theFormsAreThoseOfReaderApps() throws Exception {
    epub();
    int offset = ONE.length() + 2 + 3;

    List<Place> forms = convert(Place.newBuilder().setOffset(offset), ALL).getFormsList();

    Locator locator = forms.get(0).getLocator();
    assertThat(locator.getHref()).isEqualTo("text/1.xhtml");
    assertThat(locator.getText().getBefore()).endsWith("It ");
    assertThat(locator.getText().getAfter()).isEqualTo("stood alone.");
    assertThat(locator.getLocations().getProgression()).isEqualTo(27 / 39.0);
    assertThat(forms.get(1).getEpubCfi()).isEqualTo("epubcfi(/6/2!/4/4/1:3)");
    assertThat(forms.get(2).getXpointer()).isEqualTo("/body/DocFragment[1]/body/p[2]/text().3");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        // An element stands for its begin, a range for its, assertions are passed by.
        "epubcfi(/6/2!/4/4),24,true",
        "\"epubcfi(/6/2[one]!/4/4/1:3[It ,stood])\",27,true",
        "\"epubcfi(/6/2!/4/4,/1:3,/1:5)\",27,true",
        "epubcfi(/6/4!/4/2/1:0),39,true",
        // Behind the end of the text, an element that is not there, a document without text.
        "epubcfi(/6/4!/4/2/1:500),51,false",
        "epubcfi(/6/2!/4/3),24,false",
        "epubcfi(/6/90!/4/2/1:0),51,false",
        "/body/DocFragment[1]/body/p[2],24,true",
        "/body/DocFragment[1]/body/p[2].0,24,true",
        "/body/DocFragment[2]/body/p[1]/text()[1].3,42,true",
        "/body/DocFragment[2]/body/p/text().3,42,true",
        "/body/DocFragment[2]/body/div[7]/text().3,39,false"
      })
  void aPlaceInADocumentIsExactOrTheNearest(String place, long offset, boolean exact)
      throws Exception {
    epub();
    Place.Builder sent =
        place.startsWith("epubcfi")
            ? Place.newBuilder().setEpubCfi(place)
            : Place.newBuilder().setXpointer(place);

    Result result = convert(sent, List.of());

    assertThat(result.getPosition().getOffset()).isEqualTo(offset);
    assertThat(result.getExact()).isEqualTo(exact);
  }

  @Test
  void aLocatorLeadsByWhatItSays() throws Exception {
    epub();

    assertThat(found(at -> at.setHref("text/2.xhtml"))).isEqualTo("39 true");
    assertThat(found(at -> at.setHref("text/2.xhtml#p3").getLocationsBuilder().setProgression(0.5)))
        .isEqualTo("45 true");
    assertThat(found(at -> at.getLocationsBuilder().setTotalProgression(1))).isEqualTo("51 true");
    assertThat(found(at -> at.getLocationsBuilder().setTotalProgression(0.333)))
        .isEqualTo("17 false");
    assertThat(found(at -> at.getLocationsBuilder().setPosition(2))).isEqualTo("39 true");
    assertThat(found(at -> at.getLocationsBuilder().addFragments("epubcfi(/6/2!/4/4/1:3)")))
        .isEqualTo("27 true");
    assertThat(
            found(
                at -> {
                  at.setHref("text/1.xhtml").getLocationsBuilder().setProgression(0.2);
                  at.getTextBuilder().setHighlight("stood");
                }))
        .isEqualTo("27 true");
  }

  @Test
  void aBadPlaceIsNamedWithItsColumn() throws Exception {
    epub();
    var request =
        ConvertLocatorsRequest.newBuilder()
            .setParent(book)
            .addPlaces(Place.newBuilder().setOffset(0))
            .addPlaces(Place.newBuilder().setEpubCfi("epubcfi(/6/2!/4/x)"));

    Refusal refusal = Refusal.of(() -> library.locators(owner).convertLocators(request.build()));

    assertThat(refusal.reason()).isEqualTo("LOCATOR_INVALID");
    assertThat(refusal.metadata()).containsEntry("locator", "1").containsEntry("column", "17");
    for (Place.Builder bad :
        List.of(
            Place.newBuilder(),
            Place.newBuilder().setOffset(52),
            Place.newBuilder().setOffset(-1),
            Place.newBuilder().setPage("12"),
            Place.newBuilder().setXpointer("/body/DocFragment[0x]"),
            Place.newBuilder().setLocator(Locator.newBuilder().setHref("other.xhtml")),
            Place.newBuilder()
                .setLocator(
                    Locator.newBuilder()
                        .setHref("text/1.xhtml")
                        .setLocations(Locator.Locations.newBuilder().setProgression(2))))) {
      assertThat(Refusal.of(() -> convert(bad, List.of())).reason()).isEqualTo("LOCATOR_INVALID");
    }
  }

  @Test
  void aFictionBookHasPathsAndNoCfis() throws Exception {
    TestResult result = new TestResult();
    SourcePath path = new SourcePath();
    path.start("FictionBook");
    path.start("body");
    for (String text : List.of(ONE, TWO)) {
      path.start("section");
      path.restart();
      SourceRuns runs = new SourceRuns();
      paragraph(path, runs, 0, text);
      path.end();
      result.item(
          ResultItem.newBuilder()
              .setChapter(result.chapterOf(text, text, SourceMap.of(path, runs).encode())));
    }
    parse(result);

    Result there = convert(Place.newBuilder().setOffset(ONE.length() + 3), ALL);

    assertThat(there.getFormsList())
        .extracting(Place::getFormCase)
        .doesNotContain(Place.FormCase.EPUB_CFI);
    String pointer = there.getForms(1).getXpointer();
    assertThat(pointer).isEqualTo("/FictionBook/body/section[2]/p/text().3");
    Result back = convert(Place.newBuilder().setXpointer(pointer), List.of());
    assertThat(back.getPosition().getOffset()).isEqualTo(ONE.length() + 3L);
    assertThat(back.getExact()).isTrue();
    assertThat(
            Refusal.of(() -> convert(Place.newBuilder().setEpubCfi("epubcfi(/6/2!/4)"), List.of()))
                .metadata())
        .containsEntry("problem", "the book has no places of this form");
  }

  @Test
  void aPagedBookIsCountedByItsPages() throws Exception {
    TestResult result = new TestResult();
    result.item(
        ResultItem.newBuilder()
            .setChapter(result.chapterOf("One", ONE).setFirstPage(1).setLastPage(3)));
    result.item(page(1, 0, "i")).item(page(1, 5, "1")).item(page(1, 11, "2"));
    parse(result);

    assertThat(positions(owner).getTotal()).isEqualTo(3);
    assertThat(positions(owner).getPositionsList())
        .extracting(ListPositionsResponse.Position::getOffset)
        .containsExactly(0L, 5L, 11L);
    Place page = convert(Place.newBuilder().setOffset(7), ALL).getForms(1);
    assertThat(page.getPage()).isEqualTo("1");
    assertThat(page.getExact()).isFalse();
    assertThat(convert(Place.newBuilder().setPage("2"), List.of()).getPosition().getOffset())
        .isEqualTo(11);
  }

  @Test
  void positionsAreThoseThatReadiumCounts() throws Exception {
    TestResult result = new TestResult();
    result.chapter("Long", "x".repeat(2049)).chapter("Empty", "").chapter("Short", "y");
    parse(result);
    List<Long> offsets = new ArrayList<>();
    var request = ListPositionsRequest.newBuilder().setParent(book).setPageSize(2);

    do {
      var page = library.locators(owner).listPositions(request.build());
      page.getPositionsList().forEach(position -> offsets.add(position.getOffset()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty() && offsets.size() < 20);

    assertThat(offsets).containsExactly(0L, 1024L, 2048L, 2049L, 2049L);
    assertThat(positions(owner).getPositionsList())
        .extracting(position -> position.getLocator().getLocations().getPosition())
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aBookThatIsForeignOrNotParsedHasNoPlaces() throws Exception {
    epub();
    assertThat(Refusal.of(() -> positions(database.createAccount())).reason())
        .isEqualTo("BOOK_NOT_FOUND");

    book = library.upload(owner, "not parsed").getName();

    assertThat(Refusal.of(() -> positions(owner)).reason()).isEqualTo("BOOK_NOT_READABLE");
  }

  /** Two documents: one of two paragraphs, one of one. */
  private void epub() throws Exception {
    TestResult result = new TestResult();
    document(result, 1, List.of(ONE, TWO));
    document(result, 2, List.of(THREE));
    parse(result);
  }

  private static void document(TestResult result, int item, List<String> paragraphs) {
    SourcePath path = new SourcePath();
    SourceRuns runs = new SourceRuns();
    path.start("html");
    path.start("head");
    path.end();
    path.start("body");
    int offset = 0;
    for (String text : paragraphs) {
      paragraph(path, runs, offset, text);
      offset += text.length() + 2;
    }
    byte[] map = SourceMap.of(path, runs).in(new SpinePlace(3, item)).encode();
    result.item(
        ResultItem.newBuilder()
            .setChapter(
                result
                    .chapterOf("Part " + item, String.join("\n\n", paragraphs), map)
                    .setSource("text/" + item + ".xhtml")));
  }

  private static void paragraph(SourcePath path, SourceRuns runs, int offset, String text) {
    path.start("p");
    int source = path.text(text.length());
    runs.add(offset, text.length(), path.chunk(), source);
    path.end();
  }

  private static ResultItem.Builder page(int chapter, int offset, String label) {
    return ResultItem.newBuilder()
        .setPosition(
            SourcePosition.newBuilder()
                .setChapter(chapter)
                .setChapterOffset(offset)
                .setPageLabel(label));
  }

  private void parse(TestResult result) throws Exception {
    book = library.upload(owner, "text").getName();
    library.apply(library.job(BookName.parse("name", book).id(), "parse"), result);
  }

  private Result convert(Place.Builder place, List<Form> forms) {
    return library
        .locators(owner)
        .convertLocators(
            ConvertLocatorsRequest.newBuilder()
                .setParent(book)
                .addPlaces(place)
                .addAllForms(forms)
                .build())
        .getResults(0);
  }

  private String found(Consumer<Locator.Builder> says) {
    Locator.Builder locator = Locator.newBuilder();
    says.accept(locator);
    Result result = convert(Place.newBuilder().setLocator(locator), List.of());
    return result.getPosition().getOffset() + " " + result.getExact();
  }

  private ListPositionsResponse positions(UUID who) {
    return library
        .locators(who)
        .listPositions(ListPositionsRequest.newBuilder().setParent(book).build());
  }
}
