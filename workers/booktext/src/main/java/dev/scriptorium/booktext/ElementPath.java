package dev.scriptorium.booktext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts elements, so that the path of the current one can be given: {@code
 * /body/section[2]/p[14]}, counts from 1 among siblings of the same name.
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
    levels.get(depth).clear();
  }

  void end() {
    depth--;
  }

  /** Path of the innermost open element; {@code html} is left out, {@code body} has no count. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      Level level = levels.get(i);
      if (!level.current.equals("html")) {
        path.append('/').append(level.current);
        if (!level.current.equals("body")) {
          path.append('[').append(level.currentCount()).append(']');
        }
      }
    }
    return path.toString();
  }

  /** How often each name has been seen among the children of one element. */
  private static final class Level {
    private final List<String> names = new ArrayList<>();
    private int[] counts = new int[8];
    private String current = "";

    void clear() {
      names.clear();
    }

    void count(String element) {
      current = element;
      int at = names.indexOf(element);
      if (at < 0) {
        at = names.size();
        names.add(element);
        if (at == counts.length) {
          counts = Arrays.copyOf(counts, at * 2);
        }
        counts[at] = 0;
      }
      counts[at]++;
    }

    int currentCount() {
      return counts[names.indexOf(current)];
    }
  }
}
