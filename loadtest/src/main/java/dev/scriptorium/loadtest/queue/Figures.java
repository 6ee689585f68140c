package dev.scriptorium.loadtest.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values of one kind, and what can be said of them. Not thread-safe. */
final class Figures {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** The value that a share of the others does not exceed; 0.5 gives the median. */
  double quantile(double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
  }

  double median() {
    return quantile(0.5);
  }

  double least() {
    return quantile(0);
  }

  double most() {
    return quantile(1);
  }

  int count() {
    return values.size();
  }
}
