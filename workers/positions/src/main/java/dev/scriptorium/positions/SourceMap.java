package dev.scriptorium.positions;

import java.util.Arrays;

/**
 * The way from a chapter's canonical text to its source document and back. Immutable once made;
 * thread-safe then.
 *
 * <pre>{@code
 * SourceMap map = SourceMap.decode(bytes);
 * String cfi = map.toCfi(1200);            // epubcfi(/6/8!/4/2/14/1:37)
 * map.fromCfi(cfi);                        // 1200
 * map.toXPointer(1200);                    // /body/DocFragment[4]/body/div/p[7]/text().37
 * }</pre>
 */
public final class SourceMap {
  private final SpinePlace spine;
  private final SourceNodes nodes;
  private final SourceRuns runs;

  SourceMap(SpinePlace spine, SourceNodes nodes, SourceRuns runs) {
    this.spine = spine;
    this.nodes = nodes;
    this.runs = runs;
  }

  /** A map of what was followed, in a document that is a book by itself. */
  public static SourceMap of(SourcePath path, SourceRuns runs) {
    return new SourceMap(SpinePlace.ALONE, path.nodes(), runs);
  }

  /** The same for a document that stands in a reading order. */
  public SourceMap in(SpinePlace place) {
    return new SourceMap(place, nodes, runs);
  }

  /**
   * Reads a map that {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the bytes are no map
   */
  public static SourceMap decode(byte[] bytes) {
    return SourceMapCodec.decode(bytes);
  }

  /** The map as bytes; the same map gives the same bytes. */
  public byte[] encode() {
    return SourceMapCodec.encode(this);
  }

  /** Where the document stands in the reading order. */
  public SpinePlace spine() {
    return spine;
  }

  /**
   * An EPUB CFI for an offset.
   *
   * @param offset in the chapter's canonical text, in code points; beyond the text: its end
   * @throws IllegalStateException when the book is no EPUB
   */
  public String toCfi(int offset) {
    if (spine.isAlone()) {
      throw new IllegalStateException("a book that is one document has no CFIs");
    }
    return new EpubCfi(spine.packageStep(), spine.itemStep(), place(offset)).toString();
  }

  /**
   * The offset that a CFI leads to. An element stands for its first text, a range for its begin; a
   * place without text for the text that follows.
   *
   * @return in code points
   * @throws IllegalArgumentException when it is no CFI
   */
  public int fromCfi(String cfi) {
    return offset(EpubCfi.parse(cfi).place());
  }

  /**
   * The XPointer by which KOReader knows an offset; of a FictionBook it is the path in the file,
   * {@code /FictionBook/body/section[2]/p[14]/text().37}.
   *
   * @param offset in the chapter's canonical text, in code points; beyond the text: its end
   */
  public String toXPointer(int offset) {
    return new XPointers(spine, nodes, runs).of(offset);
  }

  /**
   * The offset that an XPointer leads to; when the element is unknown, that of the nearest one that
   * is known.
   *
   * @return in code points
   * @throws IllegalArgumentException when it is no XPointer
   */
  public int fromXPointer(String pointer) {
    return new XPointers(spine, nodes, runs).offset(pointer);
  }

  /**
   * Number of the document in the spine that a CFI or an XPointer leads into, from 1; 1 for a book
   * that is one document.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static int item(String place) {
    return place.startsWith("epubcfi(")
        ? Math.max(1, EpubCfi.parse(place).itemStep() / 2)
        : XPointers.item(place);
  }

  SourceNodes nodes() {
    return nodes;
  }

  SourceRuns runs() {
    return runs;
  }

  private EpubCfi.Place place(int offset) {
    int run = runs.at(offset);
    if (run < 0) {
      return new EpubCfi.Place(new int[] {4}, -1, false);
    }
    int next = run + 1;
    // The blank line between paragraphs has no place of its own: it is what comes before the next.
    if (offset > runs.end(run) && next < runs.size()) {
      return new EpubCfi.Place(nodes.steps(runs.chunks.get(next)), runs.sources.get(next), true);
    }
    int source =
        runs.sources.get(run) + Math.min(offset - runs.starts.get(run), runs.lengths.get(run));
    return new EpubCfi.Place(nodes.steps(runs.chunks.get(run)), source, false);
  }

  private int offset(EpubCfi.Place place) {
    int chunk = firstChunkFrom(place.steps());
    int first = runs.firstOf(chunk);
    if (first == runs.size()) {
      return first == 0 ? 0 : runs.end(first - 1);
    }
    boolean inChunk = chunk < nodes.chunks() && Arrays.equals(nodes.steps(chunk), place.steps());
    if (!inChunk) {
      return runs.starts.get(first);
    }
    int run = runs.atSource(first, runs.firstOf(chunk + 1), place.offset());
    int into = place.offset() - runs.sources.get(run);
    if (place.before() && into == 0 && run > 0 && runs.starts.get(run) - runs.end(run - 1) > 1) {
      return runs.starts.get(run) - 1;
    }
    return runs.starts.get(run) + Math.clamp(into, 0, runs.lengths.get(run));
  }

  /** The piece of text at these steps, or the first after them. */
  private int firstChunkFrom(int[] steps) {
    int low = 0;
    int high = nodes.chunks();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compare(nodes.steps(middle), steps) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
