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

  /** The same as a row with a place for every outcome. */
  double[] row(int count) {
    double[] row = new double[count];
    addTo(row);
    return row;
  }

  /** Adds the weights to {@code sums}, which has a place for every outcome of the model. */
  void addTo(double[] sums) {
    for (int i = 0; i < outcomes.length; i++) {
      sums[outcomes[i]] += values[i];
    }
  }
}
