package dev.scriptorium.plugin.analysis.text;

import java.util.Map;
import opennlp.tools.ml.model.Context;

/**
 * What one observation adds to the sums of some outcomes.
 *
 * @param outcomes indices of the outcomes
 * @param values one for each of them; shared with the library's model and never written
 */
@SuppressWarnings("ArrayRecordComponent") // Read in the innermost loop; never compared.
record Weights(int[] outcomes, double[] values) {
  private static final Weights NONE = new Weights(new int[0], new double[0]);

  /** The weights of an observation; nothing for one that the model never saw. */
  static Weights of(Map<String, Context> parameters, String observation) {
    Context context = parameters.get(observation);
    return context == null ? NONE : new Weights(context.getOutcomes(), context.getParameters());
  }

  /** Adds the weights to {@code sums}, which has a place for every outcome of the model. */
  void addTo(double[] sums) {
    for (int i = 0; i < outcomes.length; i++) {
      sums[outcomes[i]] += values[i];
    }
  }
}
