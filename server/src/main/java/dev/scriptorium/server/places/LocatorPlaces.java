package dev.scriptorium.server.places;

import dev.scriptorium.server.catalog.BookShape.Chapter;
import dev.scriptorium.v1.Locator;
import dev.scriptorium.v1.Locator.Locations;
import dev.scriptorium.v1.Locator.LocatorText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Places as Readium writes them. Not thread-safe. */
final class LocatorPlaces {
  private static final int AROUND = 32;
  private static final String CFI = "epubcfi(";

  private final BookPlaces book;
  private final SourcePlaces sources;
  // A page of positions asks a thousand times for the same few.
  private final Map<String, Document> documents = new HashMap<>();

  LocatorPlaces(BookPlaces book, SourcePlaces sources) {
    this.book = book;
    this.sources = sources;
  }

  /** The locator of an offset, without text. */
  Locator of(long offset) {
    Chapter chapter = book.chapterAt(offset);
    Document document = document(chapter);
    return Locator.newBuilder()
        .setHref(chapter.source())
        .setType(type(chapter))
        .setTitle(chapter.title())
        .setLocations(
            Locations.newBuilder()
                .setProgression(part(offset - document.start(), document.length()))
                .setPosition(book.counting().at(offset))
                .setTotalProgression(part(offset, book.codePoints())))
        .build();
  }

  /** The same with the text around it. */
  Locator withText(long offset) {
    Chapter chapter = book.chapterAt(offset);
    String text = book.text(chapter);
    int at = text.offsetByCodePoints(0, Math.toIntExact(offset - chapter.start()));
    int from = Math.max(0, at - 2 * AROUND);
    String before = text.substring(from, at);
    int surplus = Math.max(0, before.codePointCount(0, before.length()) - AROUND);
    int left = text.length() - at;
    String after = text.substring(at, at + Math.min(left, 2 * AROUND));
    int points = Math.min(AROUND, after.codePointCount(0, after.length()));
    return of(offset).toBuilder()
        .setText(
            LocatorText.newBuilder()
                .setBefore(before.substring(before.offsetByCodePoints(0, surplus)))
                .setAfter(after.substring(0, after.offsetByCodePoints(0, points))))
        .build();
  }

  /** Where a locator leads. */
  Found find(Locator locator) throws PlaceException {
    Found near = near(locator);
    String highlight = locator.getText().getHighlight();
    return highlight.isEmpty() ? near : quoted(highlight, near).orElse(near);
  }

  private Found near(Locator locator) throws PlaceException {
    for (String fragment : locator.getLocations().getFragmentsList()) {
      if (fragment.startsWith(CFI)) {
        return sources.ofCfi(fragment);
      }
    }
    Locations at = locator.getLocations();
    if (at.hasProgression() && !locator.getHref().isEmpty()) {
      return inDocument(locator.getHref(), part("progression", at.getProgression()));
    }
    if (at.hasPosition()) {
      return position(at.getPosition());
    }
    if (at.hasTotalProgression()) {
      return in(0, book.codePoints(), part("total_progression", at.getTotalProgression()));
    }
    return inDocument(locator.getHref(), 0);
  }

  private Found position(int position) throws PlaceException {
    if (position < 1 || position > book.counting().size()) {
      throw new PlaceException(
          1, "position " + position + " is not from 1 to " + book.counting().size());
    }
    return new Found(book.counting().offset(position), true);
  }

  private Found inDocument(String href, double progression) throws PlaceException {
    String path = href.replaceFirst("#.*", "");
    List<Chapter> chapters = book.document(path::equals);
    if (path.isEmpty() || chapters.isEmpty()) {
      throw new PlaceException(1, "the book has no document \"" + path + "\"");
    }
    Document document = Document.of(chapters);
    return in(document.start(), document.length(), progression);
  }

  // A part is a number of 53 bits: what was written for an offset leads back to it.
  private static Found in(long start, long length, double part) {
    long offset = Math.round(part * length);
    return new Found(start + offset, part(offset, length) == part);
  }

  private Optional<Found> quoted(String highlight, Found near) {
    Chapter chapter = book.chapterAt(near.offset());
    String text = book.text(chapter);
    int from = text.offsetByCodePoints(0, Math.toIntExact(near.offset() - chapter.start()));
    int next = text.indexOf(highlight, from);
    int last = text.lastIndexOf(highlight, from);
    int at = next < 0 || (last >= 0 && from - last < next - from) ? last : next;
    return at < 0
        ? Optional.empty()
        : Optional.of(new Found(chapter.start() + text.codePointCount(0, at), true));
  }

  private Document document(Chapter chapter) {
    return documents.computeIfAbsent(
        chapter.source(), source -> Document.of(book.document(source::equals)));
  }

  private String type(Chapter chapter) {
    return book.shape().mediaType().equals("application/epub+zip") && !chapter.paged()
        ? "application/xhtml+xml"
        : book.shape().mediaType();
  }

  private static double part(String field, double value) throws PlaceException {
    if (!(value >= 0 && value <= 1)) {
      throw new PlaceException(1, field + " " + value + " is not from 0 to 1");
    }
    return value;
  }

  private static double part(long offset, long length) {
    return length == 0 ? 0 : (double) offset / length;
  }

  /** All chapters of one document, in the book. */
  private record Document(long start, long end) {
    static Document of(List<Chapter> chapters) {
      return new Document(chapters.getFirst().start(), chapters.getLast().end());
    }

    long length() {
      return end - start;
    }
  }
}
