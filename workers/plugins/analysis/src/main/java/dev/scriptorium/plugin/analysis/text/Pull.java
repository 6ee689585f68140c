package dev.scriptorium.plugin.analysis.text;

import opennlp.tools.ml.model.Context;

/**
 * What one observation adds to the sums of a model that says yes or no.
 *
 * @param yes to the sum for yes
 * @param no to the sum for no
 */
record Pull(double yes, double no) {
  /** Of an observation that the model never saw. */
  static final Pull NONE = new Pull(0, 0);

  /**
   * The pull of an observation.
   *
   * @param outcome index of the outcome that means yes
   */
  static Pull of(Context context, int outcome) {
    double[] sums = new double[2];
    for (int i = 0; i < context.getOutcomes().length; i++) {
      sums[context.getOutcomes()[i]] += context.getParameters()[i];
    }
    return new Pull(sums[outcome], sums[1 - outcome]);
  }

  /** The sums of one decision. Not thread-safe. */
  static final class Sums {
    // Both outcomes are as likely before anything is seen.
    private static final double FIRST = Math.log(1.0 / 2);

    private double yes = FIRST;
    private double no = FIRST;

    void add(Pull pull) {
      yes += pull.yes;
      no += pull.no;
    }

    void add(Pull[] pulls) {
      for (Pull pull : pulls) {
        add(pull);
      }
    }

    /**
     * The decision; of equals the library takes the first outcome.
     *
     * @param outcome index of the outcome that means yes
     */
    boolean saysYes(int outcome) {
      return outcome == 0 ? yes >= no : yes > no;
    }
  }
}
