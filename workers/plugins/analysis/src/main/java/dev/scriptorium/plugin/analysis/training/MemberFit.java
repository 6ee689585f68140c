package dev.scriptorium.plugin.analysis.training;

import dev.scriptorium.plugin.analysis.members.Feature;
import dev.scriptorium.plugin.analysis.members.Features;
import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Output;
import dev.scriptorium.plugin.analysis.members.WeightTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Fits the weights of the members to examples. */
final class MemberFit {
  /** Rows of the member that judges languages without models. */
  static final String PLAIN = "plain";

  // Against standardized features: chosen once, by texts left out; half or double changes little.
  private static final double PENALTY = 15;

  private final List<Example> examples;
  private final List<String> lines = new ArrayList<>();

  private MemberFit(List<Example> examples) {
    this.examples = examples;
  }

  /** Weights of all members as lines of a {@link WeightTable}. */
  static List<String> lines(List<Example> examples) {
    MemberFit fit = new MemberFit(examples);
    for (Output output : Output.values()) {
      for (Member member : Member.values()) {
        fit.fit(member.key(), output, Example::english, member.features(output));
      }
      fit.fit(PLAIN, output, Example::plain, Member.SHAPE.features(output));
    }
    return fit.lines;
  }

  private void fit(
      String name,
      Output output,
      Function<Example, Features> measured,
      Collection<Feature> features) {
    List<Feature> columns = List.copyOf(features);
    double[] means = new double[columns.size()];
    double[] spreads = new double[columns.size()];
    List<double[]> rows = standardized(measured, columns, means, spreads);
    List<Boolean> answers = examples.stream().map(e -> e.label().answer(output)).toList();
    double[] weights = LogisticFit.weights(rows, answers, PENALTY);
    String row = name + "." + output.key();
    double bias = weights[columns.size()];
    for (int k = 0; k < columns.size(); k++) {
      double weight = weights[k] / spreads[k];
      bias -= weight * means[k];
      add(row, columns.get(k).name(), weight);
    }
    add(row, WeightTable.BIAS, bias);
  }

  /** Rows of mean 0 and spread 1, with a last column of 1; fills in what they were. */
  private List<double[]> standardized(
      Function<Example, Features> measured,
      List<Feature> columns,
      double[] means,
      double[] spreads) {
    int count = examples.size();
    List<double[]> rows = new ArrayList<>(count);
    for (Example example : examples) {
      double[] row = new double[columns.size() + 1];
      for (int k = 0; k < columns.size(); k++) {
        row[k] = measured.apply(example).value(columns.get(k));
        means[k] += row[k] / count;
      }
      row[columns.size()] = 1;
      rows.add(row);
    }
    for (int k = 0; k < columns.size(); k++) {
      double squares = 0;
      for (double[] row : rows) {
        row[k] -= means[k];
        squares += row[k] * row[k];
      }
      // What is the same everywhere teaches nothing, and must not be divided by.
      spreads[k] = squares == 0 ? 1 : StrictMath.sqrt(squares / count);
      for (double[] row : rows) {
        row[k] /= spreads[k];
      }
    }
    return rows;
  }

  private void add(String row, String column, double weight) {
    lines.add(String.format(Locale.ROOT, "%s %s %.5f", row, column, weight));
  }
}
