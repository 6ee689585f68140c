package dev.scriptorium.server.places;

import dev.scriptorium.positions.SourceMap;
import dev.scriptorium.positions.SpinePlace;
import dev.scriptorium.server.catalog.BookShape;
import dev.scriptorium.server.catalog.BookShape.Chapter;
import dev.scriptorium.server.catalog.ChapterSources;
import dev.scriptorium.worker.v1.ChapterContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One book while its places are converted; maps that were read are kept. Not thread-safe. */
final class BookPlaces {
  private final BookShape shape;
  private final ChapterSources sources;
  private final Counting counting;
  private final Map<Integer, Optional<SourceMap>> maps = new HashMap<>();

  BookPlaces(BookShape shape, ChapterSources sources) {
    this.shape = shape;
    this.sources = sources;
    this.counting = new Counting(shape);
  }

  BookShape shape() {
    return shape;
  }

  Counting counting() {
    return counting;
  }

  List<Chapter> chapters() {
    return shape.chapters();
  }

  long codePoints() {
    return shape.codePoints();
  }

  /** The chapter that holds an offset; the last one for the end of the book. */
  Chapter chapterAt(long offset) {
    int low = 0;
    int high = chapters().size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chapters().get(middle).start() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return chapters().get(low);
  }

  /** The chapters that were made from the same document, in reading order. */
  List<Chapter> document(Predicate<String> source) {
    return chapters().stream().filter(chapter -> source.test(chapter.source())).toList();
  }

  /** The way from a chapter to its document; empty when the format has none. */
  Optional<SourceMap> map(Chapter chapter) {
    return maps.computeIfAbsent(chapter.ordinal(), _ -> decode(chapter));
  }

  /** True when the book is one document, as a FictionBook is. */
  static boolean isAlone(SourceMap map) {
    return map.spine().equals(SpinePlace.ALONE);
  }

  /** The canonical text of a chapter. */
  String text(Chapter chapter) {
    return content(chapter).getText();
  }

  private Optional<SourceMap> decode(Chapter chapter) {
    byte[] bytes = content(chapter).getSourceMap().toByteArray();
    return bytes.length == 0 ? Optional.empty() : Optional.of(SourceMap.decode(bytes));
  }

  private ChapterContent content(Chapter chapter) {
    try {
      return sources.content(chapter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
