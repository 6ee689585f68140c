package dev.scriptorium.plugin.analysis.passages;

import java.util.EnumMap;
import java.util.Map;

/** What was measured of a paragraph. Not thread-safe. */
final class Features {
  private final Map<Feature, Double> values = new EnumMap<>(Feature.class);

  /** 0 for what was not found. */
  double value(Feature feature) {
    return values.getOrDefault(feature, 0.0);
  }

  /** A value that is given as {@code ln(1 + count)}, as the count. */
  double count(Feature feature) {
    return StrictMath.expm1(value(feature));
  }

  void set(Feature feature, double value) {
    values.put(feature, value);
  }

  void increment(Feature feature) {
    values.merge(feature, 1.0, Double::sum);
  }
}
