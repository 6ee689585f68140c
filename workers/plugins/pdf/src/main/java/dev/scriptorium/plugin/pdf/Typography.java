package dev.scriptorium.plugin.pdf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The size and spacing of most of a book's text: what paragraphs and headings are told apart by.
 * Gathered page by page. Not thread-safe.
 */
final class Typography {
  /** Sizes and distances are counted in steps of a tenth of a point. */
  private static final float STEPS = 10;

  /** Beyond this many different values a book is no book; others are not counted. */
  private static final int MAX_VALUES = 5_000;

  private static final int MAX_SIZES = 100;

  private final Map<Integer, Long> sizes = new HashMap<>();
  private final Map<Integer, Map<Integer, Long>> distancesBySize = new HashMap<>();

  void learn(List<Line> lines) {
    Line before = null;
    for (Line line : lines) {
      count(sizes, line.size(), line.text().length());
      if (before != null && sameSize(before.size(), line.size())) {
        float distance = line.y() - before.y();
        if (distance > 0.5f * line.size() && distance < 3 * line.size()) {
          count(distances(line.size()), distance, line.text().length());
        }
      }
      before = line;
    }
  }

  private Map<Integer, Long> distances(float size) {
    int key = sizeKey(size);
    return distancesBySize.size() < MAX_SIZES
        ? distancesBySize.computeIfAbsent(key, step -> new HashMap<>())
        : distancesBySize.getOrDefault(key, new HashMap<>());
  }

  /** Half points: sizes that differ by less are set alike. */
  private static int sizeKey(float size) {
    return Math.round(size * 2);
  }

  private static void count(Map<Integer, Long> counts, float value, int weight) {
    int step = Math.round(value * STEPS);
    if (counts.size() < MAX_VALUES || counts.containsKey(step)) {
      counts.merge(step, (long) weight, Long::sum);
    }
  }

  /** Font size of the body text in points; 10 when there is no text. */
  float bodySize() {
    return mostCommon(sizes, 10);
  }

  /** Distance of the base lines of the body text in points. */
  float leading() {
    return leading(bodySize());
  }

  /** Distance of the base lines of text of a size, in points. */
  float leading(float size) {
    return mostCommon(distancesBySize.getOrDefault(sizeKey(size), Map.of()), 1.2f * size);
  }

  private static float mostCommon(Map<Integer, Long> counts, float otherwise) {
    return counts.entrySet().stream()
        .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> entry.getKey() / STEPS)
        .orElse(otherwise);
  }

  /** True for sizes that look the same. */
  static boolean sameSize(float a, float b) {
    return Math.abs(a - b) <= 0.06f * Math.max(a, b);
  }
}
