package dev.scriptorium.plugin.analysis.members;

import java.util.EnumMap;
import java.util.Map;

/**
 * Makes one opinion of those of the members: a weighted sum of their log-odds. What is missing is
 * made up for by the others, in proportion. Immutable.
 */
public final class Ensemble {
  /** Rows of the table begin with it. */
  public static final String NAME = "ensemble";

  // No member is so sure that the others cannot be heard.
  private static final double SUREST = 6;

  private final Map<Output, Map<Member, Double>> weights = new EnumMap<>(Output.class);
  private final Map<Output, Double> biases = new EnumMap<>(Output.class);

  private final Map<Member, Double> factors;

  /** Reads the weights of the members. */
  public Ensemble(WeightTable table) {
    this.factors = Map.of();
    for (Output output : Output.values()) {
      String row = NAME + "." + output.key();
      Map<Member, Double> members = new EnumMap<>(Member.class);
      for (Member member : Member.values()) {
        members.put(member, table.number(row, member.name()));
      }
      weights.put(output, members);
      biases.put(output, table.number(row, WeightTable.BIAS));
    }
  }

  private Ensemble(Ensemble other, Map<Member, Double> factors) {
    this.weights.putAll(other.weights);
    this.biases.putAll(other.biases);
    this.factors = Map.copyOf(factors);
  }

  /**
   * The same with some members counting more than others.
   *
   * @param wanted by what the weight of each is multiplied; 1 for those that are not there
   */
  public Ensemble weighing(Map<Member, Double> wanted) {
    return new Ensemble(this, wanted);
  }

  /** What counts of a member's log-odds. */
  public static double heard(Opinion opinion, Output output) {
    return Math.clamp(opinion.odds(output), -SUREST, SUREST);
  }

  /**
   * @param opinions of some of the members; at least one
   */
  public Opinion combine(Map<Member, Opinion> opinions) {
    return Opinion.of(output -> combine(output, opinions));
  }

  private double combine(Output output, Map<Member, Opinion> opinions) {
    double sum = 0;
    double present = 0;
    double all = 0;
    for (Map.Entry<Member, Double> weight : weights.getOrDefault(output, Map.of()).entrySet()) {
      Opinion opinion = opinions.get(weight.getKey());
      all += weight.getValue();
      if (opinion != null) {
        double counts = weight.getValue() * factors.getOrDefault(weight.getKey(), 1.0);
        sum += counts * heard(opinion, output);
        present += counts;
      }
    }
    if (present == 0) {
      // None of those that count for this output is there: the others are taken as they are.
      return opinions.values().stream()
          .mapToDouble(o -> heard(o, output))
          .average()
          .orElse(-SUREST);
    }
    return biases.getOrDefault(output, 0.0) + (present == all ? sum : sum * all / present);
  }
}
