package dev.scriptorium.plugin.analysis.text;

import opennlp.tools.ml.model.Context;

/**
 * What one observation adds to the sums of some outcomes.
 *
 * @param outcomes indices of the outcomes
 * @param values one for each of them; shared with the library's model and never written
 */
@SuppressWarnings("ArrayRecordComponent") // Read in loops; never compared.
record Weights(int[] outcomes, double[] values) {
  /** Of an observation that the model never saw. */
  static final Weights NONE = new Weights(new int[0], new double[0]);

  static Weights of(Context context) {
    return new Weights(context.getOutcomes(), context.getParameters());
  }

  /** Adds the weights to {@code sums}, which has a place for every outcome of the model. */
  void addTo(double[] sums) {
    for (int i = 0; i < outcomes.length; i++) {
      sums[outcomes[i]] += values[i];
    }
  }

  /** The largest of the values, without signs. */
  double largest() {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
