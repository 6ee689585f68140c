package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.ResultInvalidException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that places named by a parse result exist. A place in a chapter that has not come yet is
 * kept until it has.
 */
final class Places {
  private static final int MAX_PENDING = 100_000;

  private record Pending(int item, int chapter, int offset) {}

  private final ChapterSpans chapters;
  private final List<Pending> pending = new ArrayList<>();

  Places(ChapterSpans chapters) {
    this.chapters = chapters;
  }

  /**
   * @param offset 0 to the chapter's length
   */
  void require(ResultItems items, int chapter, int offset) throws ResultInvalidException {
    items.require(chapter > 0 && offset >= 0, "chapter is at least 1, offset at least 0");
    if (chapters.has(chapter)) {
      items.require(offset <= chapters.codePoints(chapter), missing(chapter, offset));
    } else {
      items.require(pending.size() < MAX_PENDING, "most places follow their chapter");
      pending.add(new Pending(items.number(), chapter, offset));
    }
  }

  /** Checks what was kept; every chapter has come. */
  void finish() throws ResultInvalidException {
    for (Pending place : pending) {
      if (!chapters.has(place.chapter()) || place.offset() > chapters.codePoints(place.chapter())) {
        throw new ResultInvalidException(
            "item " + place.item() + ": " + missing(place.chapter(), place.offset()));
      }
    }
  }

  private static String missing(int chapter, int offset) {
    return "offset " + offset + " of chapter " + chapter + " lies in the book";
  }
}
