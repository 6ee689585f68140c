package dev.scriptorium.plugin.analysis.training;

import dev.scriptorium.plugin.analysis.members.Ensemble;
import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Output;
import dev.scriptorium.plugin.analysis.members.WeightTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Fits how much each member counts to what they said of texts that they never saw. */
final class EnsembleFit {
  // Few texts teach little about the members, and their mean is hard to beat: what is learned is
  // how to correct it.
  private static final double PENALTY = 50;
  private static final Map<Member, Double> EXPECTED =
      Map.of(
          Member.LEARNED, 0.45,
          Member.LEXICON, 0.40,
          Member.GRAMMAR, 0.05,
          Member.ENTITY, 0.05,
          Member.SHAPE, 0.05);

  private EnsembleFit() {}

  /** Weights of the ensemble as lines of a {@link WeightTable}. */
  static List<String> lines(List<Answer> answers) {
    List<String> lines = new ArrayList<>();
    for (Output output : Output.values()) {
      fit(answers, output, lines);
    }
    return lines;
  }

  /** Leaves out members that would count against what they say, one by one. */
  private static void fit(List<Answer> answers, Output output, List<String> lines) {
    List<Boolean> truth = answers.stream().map(a -> a.label().answer(output)).toList();
    Set<Member> members = EnumSet.allOf(Member.class);
    double[] weights = new double[0];
    int worst = 0;
    while (worst >= 0) {
      List<Member> columns = List.copyOf(members);
      weights =
          LogisticFit.weights(rows(answers, output, columns), truth, PENALTY, expected(columns));
      worst = lowest(weights, columns.size());
      if (worst >= 0) {
        members.remove(columns.get(worst));
      }
    }
    String row = Ensemble.NAME + "." + output.key();
    int k = 0;
    for (Member member : members) {
      lines.add(String.format(Locale.ROOT, "%s %s %.5f", row, member.name(), weights[k++]));
    }
    lines.add(String.format(Locale.ROOT, "%s %s %.5f", row, WeightTable.BIAS, weights[k]));
  }

  private static double[] expected(List<Member> columns) {
    double[] expected = new double[columns.size() + 1];
    for (int k = 0; k < columns.size(); k++) {
      expected[k] = EXPECTED.getOrDefault(columns.get(k), 0.0);
    }
    return expected;
  }

  private static List<double[]> rows(List<Answer> answers, Output output, List<Member> columns) {
    List<double[]> rows = new ArrayList<>(answers.size());
    for (Answer answer : answers) {
      double[] row = new double[columns.size() + 1];
      for (int k = 0; k < columns.size(); k++) {
        row[k] = Ensemble.heard(answer.by(columns.get(k)), output);
      }
      row[columns.size()] = 1;
      rows.add(row);
    }
    return rows;
  }

  /** Index of the lowest of the first weights when it is below 0; else -1. */
  private static int lowest(double[] weights, int count) {
    int lowest = -1;
    for (int k = 0; k < count; k++) {
      if (weights[k] < 0 && (lowest < 0 || weights[k] < weights[lowest])) {
        lowest = k;
      }
    }
    return lowest;
  }
}
