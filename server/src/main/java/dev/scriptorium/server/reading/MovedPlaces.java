package dev.scriptorium.server.reading;

import dev.scriptorium.positions.FoundPassage;
import dev.scriptorium.positions.Quote;
import dev.scriptorium.positions.QuoteSearch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Moves the places of all readers of a book into another text of it: each to the words that stood
 * there, or else as far into the book as it was. A reader whose place has moved gets a step of the
 * server's, so that a device that still shows the old text is asked and not believed. Thread-safe.
 */
public final class MovedPlaces {
  /** More would keep a transaction open for long; who comes after them goes by proportion. */
  private static final int MAX_SOUGHT = 500;

  private final MovedPlaceStore store = new MovedPlaceStore();

  /**
   * A text.
   *
   * @param chapters in reading order; empty when they are not known, or too long to be searched
   * @param codePoints of all chapters
   */
  public record Text(List<String> chapters, long codePoints) {
    /** Copies the list. */
    public Text {
      chapters = List.copyOf(chapters);
    }
  }

  /**
   * What was done.
   *
   * @param places readers whose place was moved
   * @param lost those of them whose place was not found again
   */
  public record Moved(long places, long lost) {}

  /** True when somebody has a place in the book. */
  public boolean any(Handle handle, UUID book) {
    return store.any(handle, book);
  }

  /**
   * Moves all places, in a transaction of a role that sees every reader's.
   *
   * @param now what counts as the server's clock, to the microsecond
   */
  public Moved move(Handle handle, UUID book, Text before, Text after, Instant now) {
    List<MovedPlaceStore.Head> heads = store.lock(handle, book);
    Places places = new Places(before, after);
    Map<Long, Place> moved = new HashMap<>();
    heads.forEach(head -> moved.computeIfAbsent(head.offset(), places::find));
    List<Long> ofDevices = store.deviceOffsets(handle, book);
    ofDevices.forEach(offset -> moved.computeIfAbsent(offset, places::find));
    // The devices first: a head's move makes one of the server's, which is right already.
    store.moveDevices(handle, book, moved);
    store.moveHeads(handle, book, heads, moved, now);
    long lost =
        heads.stream()
            .filter(head -> Objects.requireNonNull(moved.get(head.offset())).approximate())
            .count();
    return new Moved(heads.size(), lost);
  }

  /**
   * Where a place is now.
   *
   * @param approximate true when it was not found
   */
  record Place(long offset, boolean approximate) {}

  /** Finds places of one text in another. */
  private static final class Places {
    /** Code points of the words that a place is known by. */
    private static final int WORDS = 80;

    private static final int FEW_WORDS = 20;

    private final Text before;
    private final Text after;
    private final long[] beginsBefore;
    private final long[] beginsAfter;
    private final QuoteSearch search;
    private int sought;

    Places(Text before, Text after) {
      this.before = before;
      this.after = after;
      this.beginsBefore = begins(before);
      this.beginsAfter = begins(after);
      this.search = new QuoteSearch(after.chapters());
    }

    private static long[] begins(Text text) {
      long[] begins = new long[text.chapters().size() + 1];
      for (int i = 0; i < text.chapters().size(); i++) {
        String chapter = text.chapters().get(i);
        begins[i + 1] = begins[i] + chapter.codePointCount(0, chapter.length());
      }
      return begins;
    }

    Place find(long offset) {
      if (offset == 0) {
        return new Place(0, false);
      }
      return quoted(offset)
          .map(place -> new Place(place, false))
          .orElseGet(
              () ->
                  new Place(Proportion.of(offset, before.codePoints(), after.codePoints()), true));
    }

    private Optional<Long> quoted(long offset) {
      if (before.chapters().isEmpty() || ++sought > MAX_SOUGHT) {
        return Optional.empty();
      }
      int chapter = chapterOf(offset);
      String text = before.chapters().get(chapter);
      int length = text.codePointCount(0, text.length());
      int at = Math.clamp(offset - beginsBefore[chapter], 0, length);
      // At the end of a chapter, what stood before the place says more than what came after.
      boolean ahead = length - at >= FEW_WORDS || at < FEW_WORDS;
      int start = ahead ? at : Math.max(0, at - WORDS);
      int end = ahead ? Math.min(length, at + WORDS) : at;
      double progress = Math.clamp((double) offset / Math.max(1, before.codePoints()), 0, 1);
      return search
          .find(Quote.of(text, start, end), progress)
          .map(found -> bookOffset(found, ahead));
    }

    private long bookOffset(FoundPassage found, boolean ahead) {
      return beginsAfter[found.chapter()] + (ahead ? found.start() : found.end());
    }

    private int chapterOf(long offset) {
      int chapter = beginsBefore.length - 2;
      while (chapter > 0 && beginsBefore[chapter] > offset) {
        chapter--;
      }
      return chapter;
    }
  }
}
