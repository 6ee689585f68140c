package dev.scriptorium.server.places;

import dev.scriptorium.positions.MalformedPlaceException;
import dev.scriptorium.positions.SourceMap;
import dev.scriptorium.server.catalog.BookShape.Chapter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Places in the documents that a book was made from: CFIs and XPointers. Not thread-safe. */
final class SourcePlaces {
  private static final Pattern ASSERTION = Pattern.compile("\\[(?:\\^.|[^\\]^])*+]");
  private static final Pattern ENDS_AT_ELEMENT =
      Pattern.compile("(?<!text\\(\\)(?:\\[\\d{1,9}])?)\\.0$");

  private final BookPlaces book;

  /** How a form of places is read and written. */
  private enum Form {
    CFI {
      @Override
      int offset(SourceMap map, String place) {
        return map.fromCfi(place);
      }

      @Override
      String write(SourceMap map, int offset) {
        return map.toCfi(offset);
      }

      @Override
      String plain(String place) {
        String inner = place.substring("epubcfi(".length(), place.length() - 1);
        String[] parts = ASSERTION.matcher(inner).replaceAll("").split(",", -1);
        return parts.length == 3 ? parts[0] + parts[1] : parts[0];
      }
    },
    XPOINTER {
      @Override
      int offset(SourceMap map, String place) {
        return map.fromXPointer(place);
      }

      @Override
      String write(SourceMap map, int offset) {
        return map.toXPointer(offset);
      }

      @Override
      String plain(String place) {
        // A first one need not be counted, and the begin of an element is that of its text.
        return ENDS_AT_ELEMENT.matcher(place).replaceAll("").replace("[1]", "");
      }
    };

    abstract int offset(SourceMap map, String place);

    abstract String write(SourceMap map, int offset);

    /** Without what may be written or left out. */
    abstract String plain(String place);
  }

  SourcePlaces(BookPlaces book) {
    this.book = book;
  }

  /** Where a CFI leads. */
  Found ofCfi(String cfi) throws PlaceException {
    return find(Form.CFI, cfi, has() && !alone());
  }

  /** Where an XPointer leads. */
  Found ofXPointer(String pointer) throws PlaceException {
    return find(Form.XPOINTER, pointer, has());
  }

  /** The CFI of an offset; empty when the book has none. */
  Optional<Written> cfi(long offset) {
    return alone() ? Optional.empty() : write(Form.CFI, offset);
  }

  /** The XPointer of an offset; empty when the book has none. */
  Optional<Written> xpointer(long offset) {
    return write(Form.XPOINTER, offset);
  }

  /** A place as it is written, and whether it leads back to where it was made from. */
  record Written(String place, boolean exact) {}

  private boolean has() {
    return map(book.chapters().getFirst()).isPresent();
  }

  private boolean alone() {
    return map(book.chapters().getFirst()).map(BookPlaces::isAlone).orElse(true);
  }

  private Optional<Written> write(Form form, long offset) {
    Chapter chapter = book.chapterAt(offset);
    int inChapter = Math.toIntExact(offset - chapter.start());
    return map(chapter)
        .map(
            map -> {
              String place = form.write(map, inChapter);
              return new Written(place, form.offset(map, place) == inChapter);
            });
  }

  private Found find(Form form, String place, boolean has) throws PlaceException {
    try {
      int item = SourceMap.item(place);
      if (!has) {
        throw new PlaceException(1, "the book has no places of this form");
      }
      List<Chapter> candidates = alone() ? mapped(book.chapters()) : document(item);
      return candidates.isEmpty()
          ? new Found(book.codePoints(), false)
          : best(form, place, item, candidates);
    } catch (MalformedPlaceException e) {
      throw new PlaceException(e.column(), "is " + e.problem());
    } catch (IllegalArgumentException e) {
      throw new PlaceException(1, "cannot be read");
    }
  }

  private Found best(Form form, String place, int item, List<Chapter> candidates) {
    String wanted = form.plain(place);
    Found best = null;
    int likeness = -1;
    for (Chapter chapter : candidates) {
      SourceMap map = map(chapter).orElseThrow();
      boolean there = BookPlaces.isAlone(map) || map.spine().item() == item;
      int offset = there ? form.offset(map, place) : 0;
      String again = form.plain(form.write(map, offset));
      boolean exact = there && isIn(again, wanted);
      int alike = exact ? Integer.MAX_VALUE : common(again, wanted);
      if (alike > likeness) {
        likeness = alike;
        best = new Found(chapter.start() + offset, exact);
      }
    }
    return Objects.requireNonNull(best);
  }

  /** Whether that is the very place, or the begin of the element that is wanted. */
  private static boolean isIn(String again, String wanted) {
    return again.equals(wanted)
        || (again.startsWith(wanted) && "/:".indexOf(again.charAt(wanted.length())) >= 0);
  }

  private static int common(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      if (one.charAt(i) != other.charAt(i)) {
        return i;
      }
    }
    return length;
  }

  /** The chapters of a document of the spine; of the next one when nothing was made from it. */
  private List<Chapter> document(int item) {
    List<Chapter> behind = book.chapters().subList(firstFrom(item), book.chapters().size());
    if (behind.isEmpty()) {
      return List.of();
    }
    int found = item(behind.getFirst());
    return mapped(behind.stream().takeWhile(chapter -> item(chapter) == found).toList());
  }

  private List<Chapter> mapped(List<Chapter> chapters) {
    return chapters.stream().filter(chapter -> map(chapter).isPresent()).toList();
  }

  /** Index of the first chapter whose document stands at or behind a place of the spine. */
  private int firstFrom(int item) {
    int low = 0;
    int high = book.chapters().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (item(book.chapters().get(middle)) < item) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int item(Chapter chapter) {
    return map(chapter).map(map -> map.spine().item()).orElse(0);
  }

  private Optional<SourceMap> map(Chapter chapter) {
    return book.map(chapter);
  }
}
