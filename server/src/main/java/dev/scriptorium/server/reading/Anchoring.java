package dev.scriptorium.server.reading;

import dev.scriptorium.positions.FoundPassage;
import dev.scriptorium.positions.Quote;
import dev.scriptorium.positions.QuoteSearch;
import dev.scriptorium.server.reading.AnnotationStore.Book;
import dev.scriptorium.server.reading.AnnotationStore.Chapter;
import dev.scriptorium.server.reading.Mark.Place;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.Annotation.Anchor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Ties annotations to the text of their book: takes the quote when one is made, and finds it again
 * when the book has other text. Thread-safe.
 */
final class Anchoring {
  private static final int MAX_LENGTH = 5000;
  // In memory while they are searched: more than any book that somebody reads.
  private static final long MAX_SEARCHED = 32_000_000;

  private final BookText texts;
  private final AnnotationStore store;

  Anchoring(BookText texts, AnnotationStore store) {
    this.texts = texts;
    this.store = store;
  }

  /**
   * The place of a range, with its quote.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD when there is no such range
   */
  Place place(Handle handle, UUID owner, UUID book, Book facts, long start, long end) {
    requireRange("annotation.start", start, 0, facts.codePoints());
    requireRange("annotation.end", end, start, Math.min(facts.codePoints(), start + MAX_LENGTH));
    Chapter chapter = store.chapterAt(handle, owner, book, start).orElse(null);
    if (chapter == null) {
      return new Place(start, end, new Quote("", "", ""), facts.edition(), Anchor.ANCHOR_EXACT);
    }
    long inChapter = start - chapter.start();
    requireRange(
        "annotation.end", end, start, Math.max(start, chapter.start() + chapter.codePoints()));
    String text = text(handle, owner, book, chapter.ordinal());
    Quote quote = Quote.of(text, (int) inChapter, (int) (inChapter + end - start));
    return new Place(start, end, quote, facts.edition(), Anchor.ANCHOR_EXACT);
  }

  /**
   * A place in the present text of a book.
   *
   * @param chapter ordinal of the chapter that holds its start; 0 for none
   * @param chapterStart where that begins
   */
  record Anchored(Place place, int chapter, long chapterStart) {}

  /**
   * Where marks of one book are in its present text, in their order.
   *
   * @param edition of the present text
   */
  List<Anchored> again(Handle handle, UUID owner, UUID book, String edition, List<Place> places) {
    List<Chapter> chapters = store.chapters(handle, owner, book);
    long length = chapters.stream().mapToLong(Chapter::codePoints).sum();
    Map<String, Long> lengths = store.lengths(handle, owner, book);
    List<String> present = length > MAX_SEARCHED ? List.of() : texts(handle, owner, book);
    Search search = new Search(new QuoteSearch(present), chapters, edition, length);
    return places.stream()
        .map(place -> search.find(place, lengths.getOrDefault(place.edition(), length)))
        .map(place -> anchored(place, chapters))
        .toList();
  }

  private static Anchored anchored(Place place, List<Chapter> chapters) {
    Chapter last = null;
    for (Chapter chapter : chapters) {
      last = last == null || chapter.start() <= place.start() ? chapter : last;
    }
    return last == null
        ? new Anchored(place, 0, 0)
        : new Anchored(place, last.ordinal(), last.start());
  }

  private String text(Handle handle, UUID owner, UUID book, int chapter) {
    try {
      return texts.chapter(handle, owner, book, chapter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> texts(Handle handle, UUID owner, UUID book) {
    try {
      return texts.chapters(handle, owner, book);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireRange(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw InvalidField.of(field, value, least + " to " + most);
    }
  }

  /**
   * Looks for marks in the text of a book.
   *
   * @param edition of that text
   * @param length of that text, in code points
   */
  private record Search(QuoteSearch quotes, List<Chapter> chapters, String edition, long length) {
    /**
     * @param oldLength of the text that the place counts in
     */
    Place find(Place place, long oldLength) {
      double progress = oldLength == 0 ? 0 : Math.clamp((double) place.start() / oldLength, 0, 1);
      return quotes
          .find(place.quote(), progress)
          .map(found -> found(place, found))
          .orElseGet(() -> lost(place, oldLength));
    }

    private Place found(Place place, FoundPassage found) {
      long begin = chapters.get(found.chapter()).start();
      long start = begin + found.start();
      boolean same = found.likeness() == 1 && start == place.start();
      Anchor anchor = same ? Anchor.ANCHOR_EXACT : Anchor.ANCHOR_MOVED;
      return new Place(start, begin + found.end(), place.quote(), edition, anchor);
    }

    /** As far into the book as it was. */
    private Place lost(Place place, long oldLength) {
      long start = Proportion.of(place.start(), oldLength, length);
      long end = Math.min(length, start + place.end() - place.start());
      return new Place(start, end, place.quote(), edition, Anchor.ANCHOR_LOST);
    }
  }
}
