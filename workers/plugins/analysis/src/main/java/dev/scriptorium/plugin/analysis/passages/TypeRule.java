package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.Passage;

/**
 * Says what a passage mainly shows: the type whose words weigh most. The weights were set by hand;
 * weights learned from a few hundred paragraphs were right less often.
 */
final class TypeRule {
  private TypeRule() {}

  static Passage.Type of(Features features) {
    Passage.Type best = Passage.Type.LOCATION;
    double highest = Double.NEGATIVE_INFINITY;
    for (Passage.Type type : Passage.Type.values()) {
      double weight = weight(type, features);
      if (weight > highest) {
        best = type;
        highest = weight;
      }
    }
    return best;
  }

  private static double weight(Passage.Type type, Features features) {
    return switch (type) {
      case LOCATION ->
          0.5 * features.count(Feature.PLACE)
              + 0.4 * features.count(Feature.LANDSCAPE)
              + 0.25 * features.count(Feature.EXISTENTIAL);
      case CHARACTER ->
          0.5 * (features.count(Feature.BODY) + features.count(Feature.CLOTHING))
              + 0.35 * features.count(Feature.POSTURE);
      case ATMOSPHERE ->
          0.5
              * (features.count(Feature.LIGHT)
                  + features.count(Feature.WEATHER)
                  + features.count(Feature.SENSE));
      case OBJECT -> 0.6 * features.count(Feature.OBJECT);
      case ACTION ->
          features.count(Feature.MOTION)
              + 0.5 * features.count(Feature.NARRATION) * features.value(Feature.PROGRESSIVE);
    };
  }
}
