package dev.scriptorium.plugin.analysis.members;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The members of the analysis, by what each of them looks at. */
public enum Member {
  /** Length, quotations and punctuation; the same for every language. */
  SHAPE(shape()),
  /** What the words mean. */
  LEXICON(lexicon()),
  /** Parts of speech and how they stand together. */
  GRAMMAR(grammar()),
  /** Who and what is named, and whether it moves or speaks. */
  ENTITY(entity()),
  /** All of it together. */
  LEARNED(EnumSet.allOf(Feature.class));

  @SuppressWarnings("ImmutableEnumChecker") // It cannot be changed.
  private final Set<Feature> features;

  Member(Set<Feature> features) {
    this.features = Collections.unmodifiableSet(features);
  }

  /** What the member looks at for an output, in the order of the features. */
  public Set<Feature> features(Output output) {
    return this == LEXICON ? TypeFeatures.of(output, features) : features;
  }

  /** Its name in the resource with the weights. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static EnumSet<Feature> shape() {
    return EnumSet.of(
        Feature.NARRATION,
        Feature.QUOTED,
        Feature.DIALOGUE,
        Feature.COMMAS,
        Feature.SEMICOLONS,
        Feature.OUTCRIES,
        Feature.SENTENCE_LENGTH,
        Feature.HEADING,
        Feature.FRAMED);
  }

  private static EnumSet<Feature> lexicon() {
    EnumSet<Feature> features =
        EnumSet.of(
            Feature.NARRATION,
            Feature.VISIBLE_NOUNS,
            Feature.VISIBLE_SHARE,
            Feature.QUOTED_VISIBLE,
            Feature.DENSEST);
    Arrays.stream(Group.values()).map(Feature::of).forEach(features::add);
    features.addAll(EnumSet.range(Feature.NOUN_ACT, Feature.VERB_WEATHER));
    return features;
  }

  private static EnumSet<Feature> grammar() {
    EnumSet<Feature> features = EnumSet.range(Feature.ADJECTIVES, Feature.COMMAS);
    features.addAll(EnumSet.range(Feature.SENTENCE_LENGTH, Feature.PAINTED_NOUNS));
    features.remove(Feature.DIFFERENT_NAMES);
    features.add(Feature.NARRATION);
    return features;
  }

  private static EnumSet<Feature> entity() {
    return EnumSet.of(
        Feature.NARRATION,
        Feature.NAMES,
        Feature.DIFFERENT_NAMES,
        Feature.FIRST_PERSON,
        Feature.THIRD_PERSON,
        Feature.PLACE,
        Feature.MOTION,
        Feature.LIVELIEST,
        Feature.SPEECH,
        Feature.NOUN_PERSON,
        Feature.NOUN_LOCATION,
        Feature.VERB_MOTION,
        Feature.VERB_COMMUNICATION);
  }
}
