package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.analysis.text.Paragraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Judges English by vocabulary and tags, with learned weights. */
final class LearnedJudge implements Judge {
  private static final int MOST_REASONS = 4;
  // A reason is named when it moves the odds by about a third.
  private static final double LEAST_PART = 0.3;

  private static final Map<Feature, String> REASONS =
      Map.ofEntries(
          Map.entry(Feature.ADJECTIVES, "RICH_IN_ADJECTIVES"),
          Map.entry(Feature.PROGRESSIVE, "ONGOING_ACTION"),
          Map.entry(Feature.PAINTED_NOUNS, "VISIBLE_DETAIL"),
          Map.entry(Feature.VISIBLE_NOUNS, "VISIBLE_THINGS"),
          Map.entry(Feature.QUOTED_VISIBLE, "DESCRIBED_IN_SPEECH"),
          Map.entry(Feature.EXISTENTIAL, "SCENE_SET"),
          Map.entry(Feature.PLACE, "PLACE"),
          Map.entry(Feature.LANDSCAPE, "LANDSCAPE"),
          Map.entry(Feature.LIGHT, "LIGHT"),
          Map.entry(Feature.WEATHER, "WEATHER"),
          Map.entry(Feature.SENSE, "SOUND_OR_SMELL"),
          Map.entry(Feature.COLOUR, "COLOUR"),
          Map.entry(Feature.BODY, "APPEARANCE"),
          Map.entry(Feature.CLOTHING, "CLOTHING"),
          Map.entry(Feature.OBJECT, "OBJECTS"),
          Map.entry(Feature.SHAPE, "SHAPE_AND_SIZE"),
          Map.entry(Feature.POSTURE, "POSTURE"),
          Map.entry(Feature.MOTION, "MOTION"));

  private final Vocabulary vocabulary;
  private final LinearModel model;

  LearnedJudge(Vocabulary vocabulary, LinearModel model) {
    this.vocabulary = vocabulary;
    this.model = model;
  }

  @Override
  public Judgement judge(Paragraph paragraph) {
    Features features = Measurement.of(paragraph, vocabulary);
    return new Judgement(
        TypeRule.of(features),
        model.probability("description", features),
        Priority.of(model, "", features),
        reasons(paragraph, features));
  }

  private List<String> reasons(Paragraph paragraph, Features features) {
    List<Feature> strongest =
        REASONS.keySet().stream()
            .filter(feature -> model.part("description", feature, features) >= LEAST_PART)
            .sorted(
                Comparator.comparingDouble(
                        (Feature feature) -> -model.part("description", feature, features))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MOST_REASONS)
            .toList();
    List<String> reasons = new ArrayList<>();
    for (Feature feature : strongest) {
      reasons.add(REASONS.get(feature));
    }
    if (paragraph.framed()) {
      reasons.add("FRAMED_NARRATION");
    }
    return reasons;
  }
}
