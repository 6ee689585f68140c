package dev.scriptorium.plugin.analysis.members;

/**
 * Weighted sums of features as log-odds, one for each output. Immutable; the same values give the
 * same sums on every machine, the order of additions being fixed.
 */
@SuppressWarnings("EnumOrdinal") // Places in arrays that live as long as the process.
public final class LinearJudge implements Judge {
  private static final Feature[] FEATURES = Feature.values();

  private final double[][] weights = new double[Output.values().length][FEATURES.length + 1];

  /**
   * @param name of the member; its rows of the table are {@code name.output}
   */
  public LinearJudge(WeightTable table, String name) {
    for (Output output : Output.values()) {
      String row = name + "." + output.key();
      double[] sum = weights[output.ordinal()];
      for (Feature feature : FEATURES) {
        sum[feature.ordinal()] = table.number(row, feature.name());
      }
      sum[FEATURES.length] = table.number(row, WeightTable.BIAS);
    }
  }

  @Override
  public Opinion judge(Features features) {
    return Opinion.of(output -> sum(output, features));
  }

  /** What one feature adds to the log-odds of an output. */
  public double part(Output output, Feature feature, Features features) {
    return weights[output.ordinal()][feature.ordinal()] * features.value(feature);
  }

  private double sum(Output output, Features features) {
    double sum = weights[output.ordinal()][FEATURES.length];
    for (Feature feature : FEATURES) {
      sum += part(output, feature, features);
    }
    return sum;
  }
}
