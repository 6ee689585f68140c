package dev.scriptorium.server.places;

import dev.scriptorium.server.catalog.BookShape;
import dev.scriptorium.server.catalog.BookShape.Chapter;
import dev.scriptorium.server.catalog.ChapterSources;
import dev.scriptorium.server.places.SourcePlaces.Written;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.ConvertLocatorsRequest;
import dev.scriptorium.v1.ConvertLocatorsRequest.Form;
import dev.scriptorium.v1.ConvertLocatorsResponse;
import dev.scriptorium.v1.ConvertLocatorsResponse.Result;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListPositionsRequest;
import dev.scriptorium.v1.ListPositionsResponse;
import dev.scriptorium.v1.Place;
import dev.scriptorium.v1.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rules of positions and of converting places. Thread-safe. */
public final class Places {
  private static final int MAX_PLACES = 100;
  private static final int MAX_FORMS = 10;
  private static final int MAX_TEXT = 1000;

  private final ChapterSources sources;

  /** Reads books there. */
  public Places(ChapterSources sources) {
    this.sources = sources;
  }

  /** A page of positions. */
  ListPositionsResponse list(UUID caller, ListPositionsRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    int size = PageSize.of(request.getPageSize());
    String list = "ListPositions " + caller + " " + book;
    String token = request.getPageToken();
    long behind = token.isEmpty() ? 0 : PageToken.decode(token, list).number(0);
    BookPlaces places = new BookPlaces(sources.shape(caller, book), sources);
    LocatorPlaces locators = new LocatorPlaces(places, new SourcePlaces(places));
    Counting counting = places.counting();
    int after = Math.clamp(behind, 0, counting.size());
    int last = Math.min(counting.size(), after + size);
    ListPositionsResponse.Builder response =
        ListPositionsResponse.newBuilder().setTotal(counting.size());
    for (int number = after + 1; number <= last; number++) {
      long offset = counting.offset(number);
      var locator = locators.of(offset).toBuilder();
      // Pages without text begin where the next one does.
      locator.getLocationsBuilder().setPosition(number);
      response.addPositions(
          ListPositionsResponse.Position.newBuilder()
              .setLocator(locator)
              .setOffset(offset)
              .setChapter(new BookName(book).chapter(places.chapterAt(offset).ordinal())));
    }
    if (last < counting.size()) {
      response.setNextPageToken(PageToken.of(Integer.toString(last)).encode(list));
    }
    return response.build();
  }

  /** Places in other forms, all or none. */
  ConvertLocatorsResponse convert(UUID caller, ConvertLocatorsRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    check(request);
    return new Conversion(sources.shape(caller, book)).of(request);
  }

  private static void check(ConvertLocatorsRequest request) {
    int count = request.getPlacesCount();
    if (count < 1 || count > MAX_PLACES) {
      throw InvalidField.of("places", count + " places", "1 to " + MAX_PLACES + " places");
    }
    if (request.getFormsCount() > MAX_FORMS) {
      throw InvalidField.of("forms", request.getFormsCount() + " forms", "each once");
    }
    for (Form form : request.getFormsList()) {
      if (form == Form.UNRECOGNIZED || form == Form.FORM_UNSPECIFIED) {
        throw InvalidField.of("forms", form, "LOCATOR, EPUB_CFI, XPOINTER, PAGE");
      }
    }
    for (Place place : request.getPlacesList()) {
      text(place.getEpubCfi());
      text(place.getXpointer());
      text(place.getPage());
      text(place.getLocator().getHref());
      text(place.getLocator().getText().getHighlight());
      place.getLocator().getLocations().getFragmentsList().forEach(Places::text);
    }
  }

  private static void text(String value) {
    if (value.codePointCount(0, value.length()) > MAX_TEXT) {
      throw InvalidField.of("places", value, "texts of at most " + MAX_TEXT + " code points");
    }
  }

  /** One call, about one book. */
  private final class Conversion {
    private final BookPlaces book;
    private final SourcePlaces documents;
    private final LocatorPlaces locators;
    private final PagePlaces pages;

    Conversion(BookShape shape) {
      this.book = new BookPlaces(shape, sources);
      this.documents = new SourcePlaces(book);
      this.locators = new LocatorPlaces(book, documents);
      this.pages = new PagePlaces(book);
    }

    ConvertLocatorsResponse of(ConvertLocatorsRequest request) {
      ConvertLocatorsResponse.Builder response = ConvertLocatorsResponse.newBuilder();
      for (int i = 0; i < request.getPlacesCount(); i++) {
        try {
          Found found = find(request.getPlaces(i));
          response.addResults(result(found, request.getFormsList()));
        } catch (PlaceException e) {
          throw invalid(i, e);
        }
      }
      return response.build();
    }

    private Found find(Place place) throws PlaceException {
      return switch (place.getFormCase()) {
        case OFFSET -> offset(place.getOffset());
        case LOCATOR -> locators.find(place.getLocator());
        case EPUB_CFI -> documents.ofCfi(place.getEpubCfi());
        case XPOINTER -> documents.ofXPointer(place.getXpointer());
        case PAGE -> pages.find(place.getPage());
        case FORM_NOT_SET -> throw new PlaceException(1, "it has no form");
      };
    }

    private Found offset(long offset) throws PlaceException {
      if (offset < 0 || offset > book.codePoints()) {
        throw new PlaceException(1, "offset " + offset + " is not from 0 to " + book.codePoints());
      }
      return new Found(offset, true);
    }

    private Result result(Found found, List<Form> forms) {
      Chapter chapter = book.chapterAt(found.offset());
      Result.Builder result =
          Result.newBuilder()
              .setPosition(
                  Position.newBuilder()
                      .setOffset(found.offset())
                      .setChapter(new BookName(book.shape().book()).chapter(chapter.ordinal()))
                      .setChapterOffset(Math.toIntExact(found.offset() - chapter.start())))
              .setExact(found.exact());
      forms.forEach(form -> write(form, found.offset()).ifPresent(result::addForms));
      return result.build();
    }

    private Optional<Place> write(Form form, long offset) {
      return switch (form) {
        case FORM_LOCATOR -> Optional.of(locator(offset));
        case FORM_EPUB_CFI ->
            documents.cfi(offset).map(cfi -> place(cfi).setEpubCfi(cfi.place()).build());
        case FORM_XPOINTER ->
            documents.xpointer(offset).map(to -> place(to).setXpointer(to.place()).build());
        case FORM_PAGE -> pages.of(offset).map(page -> place(page).setPage(page.place()).build());
        case FORM_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
      };
    }

    private Place locator(long offset) {
      return Place.newBuilder().setLocator(locators.withText(offset)).setExact(true).build();
    }

    private static Place.Builder place(Written written) {
      return Place.newBuilder().setExact(written.exact());
    }

    private static ApiException invalid(int index, PlaceException e) {
      return new ApiException(
          ErrorReason.ERROR_REASON_LOCATOR_INVALID,
          "place " + index + ", column " + e.column() + ": " + e.getMessage(),
          Map.of(
              "locator",
              Integer.toString(index),
              "column",
              Integer.toString(e.column()),
              "problem",
              String.valueOf(e.getMessage())));
    }
  }
}
