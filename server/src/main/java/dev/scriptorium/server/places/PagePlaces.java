package dev.scriptorium.server.places;

import dev.scriptorium.server.catalog.BookShape.Page;
import dev.scriptorium.server.places.SourcePlaces.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The pages of a book. Thread-safe. */
final class PagePlaces {
  private record Begin(long offset, String label) {}

  private final List<Begin> pages = new ArrayList<>();
  private final Map<String, Begin> byLabel = new HashMap<>();

  PagePlaces(BookPlaces book) {
    for (Page page : book.shape().pages()) {
      if (page.chapter() <= book.chapters().size()) {
        Begin begin = new Begin(Counting.offset(book.chapters(), page), page.label());
        pages.add(begin);
        // A label may come twice, for example in two volumes: it means the first.
        byLabel.putIfAbsent(page.label(), begin);
      }
    }
  }

  /** Where a page begins. */
  Found find(String label) throws PlaceException {
    Begin page = byLabel.get(label.strip());
    if (page == null) {
      throw new PlaceException(
          1, pages.isEmpty() ? "the book has no pages" : "the book has no such page");
    }
    return new Found(page.offset(), true);
  }

  /** The page on which an offset is; empty before the first one. */
  Optional<Written> of(long offset) {
    int low = 0;
    int high = pages.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pages.get(middle).offset() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0
        ? Optional.empty()
        : Optional.of(
            new Written(
                pages.get(low - 1).label(),
                Objects.requireNonNull(byLabel.get(pages.get(low - 1).label())).offset()
                    == offset));
  }
}
