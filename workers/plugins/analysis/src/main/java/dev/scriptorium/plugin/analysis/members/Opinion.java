package dev.scriptorium.plugin.analysis.members;

import dev.scriptorium.plugin.Passage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a member, or all together, think of a paragraph. Immutable. */
public final class Opinion {
  private final Map<Output, Double> odds;

  private Opinion(Map<Output, Double> odds) {
    this.odds = odds;
  }

  /** An opinion of these log-odds. */
  public static Opinion of(ToDoubleFunction<Output> odds) {
    Map<Output, Double> all = new EnumMap<>(Output.class);
    for (Output output : Output.values()) {
      all.put(output, odds.applyAsDouble(output));
    }
    return new Opinion(all);
  }

  /** Natural logarithm of the odds. */
  public double odds(Output output) {
    return odds.getOrDefault(output, Double.NEGATIVE_INFINITY);
  }

  /** 0 to 1. */
  public double probability(Output output) {
    // StrictMath: the same bits everywhere.
    return 1 / (1 + StrictMath.exp(-odds(output)));
  }

  /**
   * What is described, if anything: the likeliest type, then the others that are likely enough.
   *
   * @param further least probability of each type where it is not the first
   */
  public List<Passage.Type> types(Map<Passage.Type, Double> further) {
    List<Passage.Type> likeliest =
        Arrays.stream(Passage.Type.values())
            .sorted(Comparator.comparingDouble(type -> -odds(Output.of(type))))
            .toList();
    List<Passage.Type> types = new ArrayList<>();
    for (Passage.Type type : likeliest) {
      if (types.isEmpty() || probability(Output.of(type)) >= further.getOrDefault(type, 1.0)) {
        types.add(type);
      }
    }
    return types;
  }

  /** The expected label, from 0 (nothing to draw) to 3 (a must), scaled to 100. */
  public int priority() {
    double expected = 0;
    for (Output output : Output.PRIORITIES) {
      expected += probability(output);
    }
    return (int) StrictMath.rint(100 * expected / Output.PRIORITIES.size());
  }
}
