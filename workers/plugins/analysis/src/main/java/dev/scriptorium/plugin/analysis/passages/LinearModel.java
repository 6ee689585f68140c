package dev.scriptorium.plugin.analysis.passages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Weighted sums of features, one for each output. Immutable; the same values give the same sums on
 * every machine, the order of additions being fixed.
 */
final class LinearModel {
  private static final String BIAS = "BIAS";

  private final Map<String, Sum> sums;

  private LinearModel(Map<String, Sum> sums) {
    this.sums = sums;
  }

  /**
   * Reads lines {@code output feature weight}, {@code #} beginning a comment.
   *
   * @param resource beside the package {@code dev.scriptorium.plugin.analysis}
   */
  static LinearModel load(String resource) {
    String path = "/dev/scriptorium/plugin/analysis/" + resource;
    try (InputStream in = LinearModel.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + path);
      }
      return new LinearModel(
          read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Sum> read(BufferedReader lines) {
    Map<String, Sum> sums = new HashMap<>();
    for (String line : lines.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" ", -1);
        double weight = Double.parseDouble(parts[2]);
        sums.computeIfAbsent(parts[0], _ -> new Sum()).set(parts[1], weight);
      }
    }
    return sums;
  }

  /** The sum of one output as a probability. */
  double probability(String output, Features features) {
    // StrictMath: the same bits everywhere.
    return 1 / (1 + StrictMath.exp(-sum(output).of(features)));
  }

  /** What one feature adds to the sum of an output. */
  double part(String output, Feature feature, Features features) {
    return sum(output).weight(feature) * features.value(feature);
  }

  private Sum sum(String output) {
    Sum sum = sums.get(output);
    if (sum == null) {
      throw new IllegalArgumentException("There is no output " + output);
    }
    return sum;
  }

  /** Weights of one output. */
  private static final class Sum {
    private final Map<Feature, Double> weights = new EnumMap<>(Feature.class);
    private double bias;

    void set(String feature, double weight) {
      if (feature.equals(BIAS)) {
        bias = weight;
      } else {
        weights.put(Feature.valueOf(feature), weight);
      }
    }

    double weight(Feature feature) {
      return weights.getOrDefault(feature, 0.0);
    }

    double of(Features features) {
      double sum = bias;
      for (Map.Entry<Feature, Double> weight : weights.entrySet()) {
        sum += weight.getValue() * features.value(weight.getKey());
      }
      return sum;
    }
  }
}
