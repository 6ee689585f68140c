package dev.scriptorium.plugin.fictionbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Path of the current element: {@code /FictionBook/body[1]/section[2]/p[14]}, counts from 1 among
 * siblings of the same name, as XPath has it. The root has no count.
 */
final class ElementPath {
  private final List<Level> levels = new ArrayList<>(List.of(new Level()));
  private int depth;

  void start(String element) {
    levels.get(depth).count(element);
    depth++;
    if (depth == levels.size()) {
      levels.add(new Level());
    }
    levels.get(depth).counts.clear();
  }

  void end() {
    depth--;
  }

  /** Number of open elements. */
  int depth() {
    return depth;
  }

  /** The path of the innermost open element. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      Level level = levels.get(i);
      path.append('/').append(level.current);
      if (i > 0) {
        path.append('[').append(level.counts.get(level.current)).append(']');
      }
    }
    return path.toString();
  }

  /** How often each name has been seen among the children of one element. */
  private static final class Level {
    private final Map<String, Integer> counts = new HashMap<>();
    private String current = "";

    void count(String element) {
      current = element;
      counts.merge(element, 1, Integer::sum);
    }
  }
}
