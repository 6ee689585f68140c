package dev.scriptorium.positions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Follows a document tag by tag and knows at every moment where it is: the path of the open element
 * and the piece of text. Remembers only elements that hold text. Not thread-safe.
 */
public final class SourcePath {
  private static final int MAX_CHUNKS = 500_000;

  private SourceNodes nodes = new SourceNodes();
  private final List<Level> levels = new ArrayList<>(List.of(new Level()));
  private int depth;

  /** An element begins. */
  public void start(String element) {
    levels.get(depth).child(element);
    depth++;
    if (depth == levels.size()) {
      levels.add(new Level());
    }
    levels.get(depth).clear();
  }

  /** The element begun last ends. */
  public void end() {
    depth--;
  }

  /**
   * Text comes.
   *
   * @param length in UTF-16 units
   * @return where it begins in its piece of text, in UTF-16 units
   */
  public int text(int length) {
    Level level = levels.get(depth);
    int offset = level.chunkLength;
    level.chunkLength += length;
    return offset;
  }

  /** The piece of text is one that reader apps keep; white space between blocks is none. */
  public void keepText() {
    Level level = levels.get(depth);
    if (!level.kept) {
      level.kept = true;
      level.texts++;
    }
  }

  /** Number of the current piece of text; -1 when the document has too many. */
  public int chunk() {
    Level level = levels.get(depth);
    if (level.chunk < 0 && depth > 0 && nodes.chunks() < MAX_CHUNKS) {
      keepText();
      level.chunk = nodes.addChunk(node(), level.elements, level.texts);
    }
    return level.chunk;
  }

  /**
   * A chapter begins in the middle of the document: what comes is remembered by itself, and the
   * elements that are open with it.
   */
  public void restart() {
    nodes = new SourceNodes();
    for (Level level : levels) {
      level.node = -1;
      level.chunk = -1;
    }
  }

  /**
   * Path of the innermost open element, for example {@code /body/section[2]/p[14]}; {@code html} is
   * left out, {@code body} has no count.
   */
  public String path() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      Level level = levels.get(i);
      if (!level.current.equals("html")) {
        path.append('/').append(level.current);
        if (!level.current.equals("body")) {
          path.append('[').append(level.currentCount).append(']');
        }
      }
    }
    return path.toString();
  }

  SourceNodes nodes() {
    return nodes;
  }

  /** The innermost open element among those remembered. */
  private int node() {
    int parent = -1;
    for (int i = 1; i <= depth; i++) {
      Level above = levels.get(i - 1);
      Level level = levels.get(i);
      if (level.node < 0) {
        level.node = nodes.addNode(parent, above.current, above.currentCount, above.elements);
      }
      parent = level.node;
    }
    return parent;
  }

  /** What has been seen of the children of one element. */
  private static final class Level {
    /** Names beyond it share one count: nobody writes so many, but a hostile file may. */
    private static final int MAX_NAMES = 64;

    private String[] names = new String[8];
    private int[] counts = new int[8];
    private int known;
    private String current = "";
    private int currentCount;
    private int elements;
    private int texts;
    private int chunkLength;
    private int chunk;
    private boolean kept;
    private int node;

    void clear() {
      known = 0;
      elements = 0;
      texts = 0;
      node = -1;
      newChunk();
    }

    void child(String element) {
      int at = indexOf(element);
      current = element;
      currentCount = ++counts[at];
      elements++;
      newChunk();
    }

    private void newChunk() {
      chunkLength = 0;
      chunk = -1;
      kept = false;
    }

    private int indexOf(String element) {
      for (int i = 0; i < known; i++) {
        if (names[i].equals(element)) {
          return i;
        }
      }
      if (known == MAX_NAMES) {
        return known - 1;
      }
      if (known == names.length) {
        names = Arrays.copyOf(names, known * 2);
        counts = Arrays.copyOf(counts, known * 2);
      }
      names[known] = element;
      counts[known] = 0;
      return known++;
    }
  }
}
