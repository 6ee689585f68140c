package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.ChapterWalk;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where each paragraph, line of verse and cell of a chapter stands in the file. A place within one
 * is its path and the distance from its begin.
 */
final class BlockPositions {
  private static final Set<String> BLOCKS =
      Set.of("p", "v", "subtitle", "text-author", "date", "td", "th");

  private final BookSink sink;
  private final Limits limits;
  private final ElementPath path = new ElementPath();
  private final List<Block> blocks = new ArrayList<>();
  private int handedOver;

  BlockPositions(BookSink sink, Limits limits) {
    this.sink = sink;
    this.limits = limits;
  }

  private record Block(int mark, String path) {}

  /** Takes any element of the file. */
  void start(String element) {
    path.start(element);
  }

  void end() {
    path.end();
  }

  /** Remembers the element just begun, when it is a block of the chapter. */
  void mark(String element, ChapterWalk walk) {
    boolean room = handedOver + blocks.size() < limits.positions();
    if (room && BLOCKS.contains(element) && path.depth() <= limits.xmlDepth()) {
      blocks.add(new Block(walk.mark(), path.path()));
    }
  }

  /** Hands over the places of a chapter that has been handed over. */
  void deliver(int chapter, ChapterWalk finished) throws IOException {
    for (Block block : blocks) {
      sink.position(new SourcePosition(chapter, finished.offsetOf(block.mark), "", block.path));
    }
    if (!blocks.isEmpty() && handedOver + blocks.size() == limits.positions()) {
      String message = "Later places are left out: positions=" + limits.positions();
      sink.warning(new Warning("POSITION_LIMIT", blocks.getLast().path, message));
    }
    handedOver += blocks.size();
    blocks.clear();
  }
}
