package dev.scriptorium.plugin.analysis.passages;

/** The expected label of a paragraph, from 0 (nothing to draw) to 3 (a must), scaled to 100. */
final class Priority {
  private Priority() {}

  static int of(LinearModel model, String prefix, Features features) {
    double expected =
        model.probability(prefix + "description", features)
            + model.probability(prefix + "good", features)
            + model.probability(prefix + "outstanding", features);
    return (int) StrictMath.rint(100 * expected / 3);
  }
}
