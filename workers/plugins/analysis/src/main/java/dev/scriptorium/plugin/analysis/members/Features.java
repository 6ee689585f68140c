package dev.scriptorium.plugin.analysis.members;

/** What was measured of a paragraph. Not thread-safe. */
@SuppressWarnings("EnumOrdinal") // Places in arrays that live as long as the process.
public final class Features {
  private final double[] values = new double[Feature.values().length];

  /** 0 for what was not found. */
  public double value(Feature feature) {
    return values[feature.ordinal()];
  }

  void set(Feature feature, double value) {
    values[feature.ordinal()] = value;
  }

  void increment(Feature feature) {
    values[feature.ordinal()]++;
  }
}
