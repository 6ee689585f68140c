package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.AnnotationStore.Book;
import dev.scriptorium.server.reading.AnnotationStore.Chapter;
import dev.scriptorium.server.reading.Mark.Place;
import dev.scriptorium.server.reading.QuoteMatch.Found;
import dev.scriptorium.server.reading.QuoteMatch.Likeness;
import dev.scriptorium.server.reading.QuoteMatch.Quote;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.Annotation.Anchor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Ties annotations to the text of their book: takes the quote when one is made, and finds it again
 * when the book has other text. Thread-safe.
 */
final class Anchoring {
  private static final int MAX_LENGTH = 5000;

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
    int from = text.offsetByCodePoints(0, (int) inChapter);
    int to = text.offsetByCodePoints(from, (int) (end - start));
    return new Place(start, end, Quote.of(text, from, to), facts.edition(), Anchor.ANCHOR_EXACT);
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
    Map<Integer, Place> found = new LinkedHashMap<>();
    for (Likeness likeness : Likeness.values()) {
      List<Integer> lost =
          IntStream.range(0, places.size()).filter(i -> !found.containsKey(i)).boxed().toList();
      if (!lost.isEmpty()) {
        new Search(handle, owner, book, edition, places).run(chapters, lost, likeness, found);
      }
    }
    return IntStream.range(0, places.size())
        .mapToObj(i -> found.getOrDefault(i, lost(places.get(i), length, edition)))
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

  private static Place lost(Place place, long length, String edition) {
    long start = Math.min(place.start(), length);
    long end = Math.min(place.end(), length);
    return new Place(start, end, place.quote(), edition, Anchor.ANCHOR_LOST);
  }

  private String text(Handle handle, UUID owner, UUID book, int chapter) {
    try {
      return texts.chapter(handle, owner, book, chapter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireRange(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw InvalidField.of(field, value, least + " to " + most);
    }
  }

  /** One pass over the chapters of a book; a chapter's text is there only while it is looked at. */
  private final class Search {
    private record Best(Found found, Place place) {}

    private final Handle handle;
    private final UUID owner;
    private final UUID book;
    private final String edition;
    private final List<Place> places;
    private final Map<Integer, Best> best = new LinkedHashMap<>();

    Search(Handle handle, UUID owner, UUID book, String edition, List<Place> places) {
      this.handle = handle;
      this.owner = owner;
      this.book = book;
      this.edition = edition;
      this.places = places;
    }

    void run(
        List<Chapter> chapters, List<Integer> lost, Likeness likeness, Map<Integer, Place> into) {
      for (Chapter chapter : chapters) {
        String text = text(handle, owner, book, chapter.ordinal());
        QuoteMatch match = new QuoteMatch(text);
        for (int index : lost) {
          look(chapter, text, match, index, likeness);
        }
      }
      best.forEach((index, each) -> into.put(index, each.place()));
    }

    private void look(
        Chapter chapter, String text, QuoteMatch match, int index, Likeness likeness) {
      Place place = places.get(index);
      long near = Math.clamp(place.start() - chapter.start(), 0, chapter.codePoints());
      int points = Math.min((int) near, text.codePointCount(0, text.length()));
      match
          .find(place.quote(), text.offsetByCodePoints(0, points), likeness)
          .ifPresent(
              found -> {
                Place there = there(chapter, text, found, place, likeness);
                Best known = best.get(index);
                if (known == null || better(found, there, known, place)) {
                  best.put(index, new Best(found, there));
                }
              });
    }

    private static boolean better(Found found, Place there, Best known, Place place) {
      if (found.fit() != known.found().fit()) {
        return found.fit() > known.found().fit();
      }
      return Math.abs(there.start() - place.start())
          < Math.abs(known.place().start() - place.start());
    }

    private Place there(Chapter chapter, String text, Found found, Place place, Likeness likeness) {
      long start = chapter.start() + text.codePointCount(0, found.start());
      long end = start + text.codePointCount(found.start(), found.end());
      boolean same = likeness == Likeness.SAME && start == place.start();
      return new Place(
          start, end, place.quote(), edition, same ? Anchor.ANCHOR_EXACT : Anchor.ANCHOR_MOVED);
    }
  }
}
