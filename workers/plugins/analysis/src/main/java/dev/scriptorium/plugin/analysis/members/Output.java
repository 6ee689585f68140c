package dev.scriptorium.plugin.analysis.members;

import dev.scriptorium.plugin.Passage;
import java.util.List;
import java.util.Locale;

/** What a member says of a paragraph: each is a probability. */
public enum Output {
  /** It describes something: a reader gave it a priority of 1 at least. */
  DESCRIPTION,
  /** A priority of 2 at least. */
  GOOD,
  /** A priority of 3. */
  OUTSTANDING,
  /** It describes a place. */
  LOCATION,
  /** It describes a person or creature. */
  CHARACTER,
  /** It describes a mood, light, weather. */
  ATMOSPHERE,
  /** It describes a thing. */
  OBJECT,
  /** It describes something that happens. */
  ACTION;

  /** How good a description is, from the least to the most. */
  public static final List<Output> PRIORITIES = List.of(DESCRIPTION, GOOD, OUTSTANDING);

  /** Says whether something of this type is described. */
  public static Output of(Passage.Type type) {
    return valueOf(type.name());
  }

  /** Its name in the resource with the weights. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
