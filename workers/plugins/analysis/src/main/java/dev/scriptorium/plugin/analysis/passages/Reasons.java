package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.analysis.members.Feature;
import dev.scriptorium.plugin.analysis.members.Features;
import dev.scriptorium.plugin.analysis.members.LinearJudge;
import dev.scriptorium.plugin.analysis.members.Output;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Names what speaks most for a description. Immutable. */
final class Reasons {
  private static final int MOST = 4;
  // A reason is named when it moves the odds by about a third.
  private static final double LEAST_PART = 0.3;

  private static final Map<Feature, String> NAMES =
      Map.ofEntries(
          Map.entry(Feature.ADJECTIVES, "RICH_IN_ADJECTIVES"),
          Map.entry(Feature.PROGRESSIVE, "ONGOING_ACTION"),
          Map.entry(Feature.PAINTED_NOUNS, "VISIBLE_DETAIL"),
          Map.entry(Feature.VISIBLE_NOUNS, "VISIBLE_THINGS"),
          Map.entry(Feature.VISIBLE_SHARE, "VISIBLE_THINGS"),
          Map.entry(Feature.QUOTED_VISIBLE, "DESCRIBED_IN_SPEECH"),
          Map.entry(Feature.EXISTENTIAL, "SCENE_SET"),
          Map.entry(Feature.NARRATION, "LONG_NARRATION"),
          Map.entry(Feature.PLACE, "PLACE"),
          Map.entry(Feature.NOUN_LOCATION, "PLACE"),
          Map.entry(Feature.LANDSCAPE, "LANDSCAPE"),
          Map.entry(Feature.NOUN_PLANT, "LANDSCAPE"),
          Map.entry(Feature.NOUN_OBJECT, "LANDSCAPE"),
          Map.entry(Feature.LIGHT, "LIGHT"),
          Map.entry(Feature.WEATHER, "WEATHER"),
          Map.entry(Feature.NOUN_PHENOMENON, "WEATHER"),
          Map.entry(Feature.VERB_WEATHER, "WEATHER"),
          Map.entry(Feature.SENSE, "SOUND_OR_SMELL"),
          Map.entry(Feature.COLOUR, "COLOUR"),
          Map.entry(Feature.BODY, "APPEARANCE"),
          Map.entry(Feature.NOUN_BODY, "APPEARANCE"),
          Map.entry(Feature.VERB_BODY, "APPEARANCE"),
          Map.entry(Feature.CLOTHING, "CLOTHING"),
          Map.entry(Feature.OBJECT, "OBJECTS"),
          Map.entry(Feature.NOUN_ARTIFACT, "OBJECTS"),
          Map.entry(Feature.SHAPE, "SHAPE_AND_SIZE"),
          Map.entry(Feature.POSTURE, "POSTURE"),
          Map.entry(Feature.NOUN_ANIMAL, "ANIMALS"),
          Map.entry(Feature.MOTION, "MOTION"),
          Map.entry(Feature.VERB_MOTION, "MOTION"),
          Map.entry(Feature.VERB_CONTACT, "MOTION"));

  private final LinearJudge judge;

  Reasons(LinearJudge judge) {
    this.judge = judge;
  }

  /** The strongest reasons, the strongest first; none twice. */
  List<String> of(Features features) {
    Map<Feature, Double> parts = new EnumMap<>(Feature.class);
    for (Feature feature : NAMES.keySet()) {
      double part = judge.part(Output.DESCRIPTION, feature, features);
      if (part >= LEAST_PART) {
        parts.put(feature, part);
      }
    }
    // The sort is stable: of equals the first feature stays first.
    return parts.entrySet().stream()
        .sorted(Comparator.comparingDouble(part -> -part.getValue()))
        .map(part -> NAMES.getOrDefault(part.getKey(), ""))
        .distinct()
        .limit(MOST)
        .toList();
  }
}
