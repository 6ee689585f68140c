package dev.scriptorium.server.places;

import dev.scriptorium.server.catalog.BookShape;
import dev.scriptorium.server.catalog.BookShape.Chapter;
import dev.scriptorium.server.catalog.BookShape.Page;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The positions of a book, as Readium counts them: one for each 1,024 code points of a chapter, at
 * least one; of a paged book one for each page.
 */
final class Counting {
  private static final int CODE_POINTS = 1024;

  private final long[] offsets;

  Counting(BookShape shape) {
    boolean paged = !shape.pages().isEmpty() && shape.chapters().stream().anyMatch(Chapter::paged);
    this.offsets = paged ? ofPages(shape) : ofText(shape);
  }

  /** Positions of the whole book; at least one. */
  int size() {
    return offsets.length;
  }

  /** Where a position begins, in the book. */
  long offset(int position) {
    return offsets[position - 1];
  }

  /** Number of the position that holds an offset, from 1. */
  int at(long offset) {
    int low = 0;
    int high = offsets.length - 1;
    // The last of those that begin at or before it: pages without text begin where the next does.
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (offsets[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + 1;
  }

  private static long[] ofText(BookShape shape) {
    return shape.chapters().stream()
        .flatMapToLong(
            chapter ->
                LongStream.iterate(
                    chapter.start(),
                    offset -> offset == chapter.start() || offset < chapter.end(),
                    offset -> offset + CODE_POINTS))
        .toArray();
  }

  private static long[] ofPages(BookShape shape) {
    List<Chapter> chapters = shape.chapters();
    return shape.pages().stream()
        .filter(page -> page.chapter() <= chapters.size())
        .mapToLong(page -> offset(chapters, page))
        .sorted()
        .toArray();
  }

  static long offset(List<Chapter> chapters, Page page) {
    return chapters.get(page.chapter() - 1).start() + page.offset();
  }
}
