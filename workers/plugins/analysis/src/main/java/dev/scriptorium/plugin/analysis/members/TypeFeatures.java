package dev.scriptorium.plugin.analysis.members;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the lexicon looks at for one type of description. A few hundred paragraphs teach little
 * about a type that twenty of them show: the fewer features, the better the weights.
 */
final class TypeFeatures {
  private TypeFeatures() {}

  /** The features for an output; all that are given when it is no type. */
  static Set<Feature> of(Output output, Set<Feature> all) {
    return switch (output) {
      case DESCRIPTION, GOOD, OUTSTANDING -> all;
      case LOCATION ->
          set(
              Feature.PLACE,
              Feature.LANDSCAPE,
              Feature.NOUN_LOCATION,
              Feature.NOUN_OBJECT,
              Feature.NOUN_PLANT,
              Feature.NOUN_ARTIFACT,
              Feature.EXISTENTIAL,
              Feature.LOCATIVE,
              Feature.BODY);
      case CHARACTER ->
          set(
              Feature.BODY,
              Feature.CLOTHING,
              Feature.POSTURE,
              Feature.NOUN_BODY,
              Feature.NOUN_PERSON,
              Feature.NOUN_ANIMAL,
              Feature.VERB_BODY,
              Feature.THIRD_PERSON,
              Feature.SHAPE,
              Feature.COLOUR,
              Feature.LANDSCAPE);
      case ATMOSPHERE ->
          set(
              Feature.LIGHT,
              Feature.WEATHER,
              Feature.SENSE,
              Feature.LANDSCAPE,
              Feature.NOUN_PHENOMENON,
              Feature.NOUN_TIME,
              Feature.VERB_WEATHER,
              Feature.BODY,
              Feature.THIRD_PERSON);
      case OBJECT ->
          set(
              Feature.OBJECT,
              Feature.NOUN_ARTIFACT,
              Feature.NOUN_SUBSTANCE,
              Feature.NOUN_PLANT,
              Feature.SHAPE,
              Feature.COLOUR,
              Feature.CLOTHING,
              Feature.BODY,
              Feature.PLACE);
      case ACTION ->
          set(
              Feature.MOTION,
              Feature.LIVELIEST,
              Feature.VERB_MOTION,
              Feature.VERB_CONTACT,
              Feature.VERB_CHANGE,
              Feature.VERB_STATIVE,
              Feature.PROGRESSIVE,
              Feature.NOUN_ACT,
              Feature.NOUN_GROUP,
              Feature.PAINTED_NOUNS);
    };
  }

  private static Set<Feature> set(Feature first, Feature... others) {
    EnumSet<Feature> features = EnumSet.of(first, others);
    // How much is told at all.
    features.add(Feature.NARRATION);
    features.add(Feature.DIALOGUE);
    features.add(Feature.FIRST_PERSON);
    return Collections.unmodifiableSet(features);
  }
}
