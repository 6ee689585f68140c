package dev.scriptorium.plugin.analysis.training;

import java.util.List;

/**
 * Logistic regression with a penalty on the squares of the weights, fitted by Newton's method: a
 * handful of steps for some dozens of features. The same rows in the same order give the same bits.
 */
final class LogisticFit {
  private static final int MOST_STEPS = 50;
  private static final double CONVERGED = 1e-9;
  // The bias is free but for what keeps the equations solvable when all rows have one answer.
  private static final double BIAS_PENALTY = 1e-6;

  private final List<double[]> rows;
  private final List<Boolean> answers;
  private final double penalty;
  private final double[] expected;
  private final int size;

  private LogisticFit(
      List<double[]> rows, List<Boolean> answers, double penalty, double[] expected) {
    this.rows = rows;
    this.answers = answers;
    this.penalty = penalty;
    this.expected = expected;
    this.size = expected.length;
  }

  /**
   * @param rows features, the last of them 1 for the bias; at least one row, all of one length
   * @param answers what is to be foretold, one for each row
   * @param penalty above 0
   * @return a weight for each feature, that of the bias last
   */
  static double[] weights(List<double[]> rows, List<Boolean> answers, double penalty) {
    int size = rows.isEmpty() ? 0 : rows.getFirst().length;
    return weights(rows, answers, penalty, new double[size]);
  }

  /**
   * The same when the weights are expected to have some values: the penalty is on what they differ.
   *
   * @param expected one for each feature
   */
  static double[] weights(
      List<double[]> rows, List<Boolean> answers, double penalty, double[] expected) {
    if (rows.isEmpty() || rows.size() != answers.size() || !(penalty > 0)) {
      throw new IllegalArgumentException(
          "%d rows, %d answers, penalty %s".formatted(rows.size(), answers.size(), penalty));
    }
    return new LogisticFit(rows, answers, penalty, expected.clone()).weights();
  }

  private double[] weights() {
    double[] weights = expected.clone();
    for (int i = 0; i < MOST_STEPS; i++) {
      double[] step = step(weights);
      double largest = 0;
      for (int k = 0; k < size; k++) {
        weights[k] += step[k];
        largest = Math.max(largest, Math.abs(step[k]));
      }
      if (largest < CONVERGED) {
        break;
      }
    }
    return weights;
  }

  private double[] step(double[] weights) {
    double[] gradient = new double[size];
    double[][] curvature = new double[size][size];
    for (int k = 0; k < size; k++) {
      double held = k == size - 1 ? BIAS_PENALTY : penalty;
      gradient[k] = held * (expected[k] - weights[k]);
      curvature[k][k] = held;
    }
    for (int n = 0; n < rows.size(); n++) {
      double[] row = rows.get(n);
      double p = 1 / (1 + StrictMath.exp(-dot(row, weights)));
      double error = (answers.get(n) ? 1 : 0) - p;
      for (int k = 0; k < size; k++) {
        gradient[k] += error * row[k];
        for (int j = 0; j <= k; j++) {
          curvature[k][j] += p * (1 - p) * row[k] * row[j];
        }
      }
    }
    return solved(curvature, gradient);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** Solves {@code matrix x = right} by Cholesky's factors; reads the lower half, spoils both. */
  private static double[] solved(double[][] matrix, double[] right) {
    int size = right.length;
    for (int k = 0; k < size; k++) {
      for (int j = 0; j <= k; j++) {
        double rest = matrix[k][j];
        for (int i = 0; i < j; i++) {
          rest -= matrix[k][i] * matrix[j][i];
        }
        matrix[k][j] = j == k ? StrictMath.sqrt(rest) : rest / matrix[j][j];
      }
    }
    for (int k = 0; k < size; k++) {
      for (int j = 0; j < k; j++) {
        right[k] -= matrix[k][j] * right[j];
      }
      right[k] /= matrix[k][k];
    }
    for (int k = size - 1; k >= 0; k--) {
      for (int j = k + 1; j < size; j++) {
        right[k] -= matrix[j][k] * right[j];
      }
      right[k] /= matrix[k][k];
    }
    return right;
  }
}
