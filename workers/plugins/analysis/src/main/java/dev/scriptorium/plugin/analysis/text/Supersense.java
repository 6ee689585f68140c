package dev.scriptorium.plugin.analysis.text;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Broad meanings of nouns and verbs: the lexicographer files of WordNet that tell pictures. */
public enum Supersense {
  NOUN_ACT(4),
  NOUN_ANIMAL(5),
  NOUN_ARTIFACT(6),
  NOUN_ATTRIBUTE(7),
  NOUN_BODY(8),
  NOUN_COGNITION(9),
  NOUN_COMMUNICATION(10),
  NOUN_FEELING(12),
  NOUN_GROUP(14),
  NOUN_LOCATION(15),
  NOUN_OBJECT(17),
  NOUN_PERSON(18),
  NOUN_PHENOMENON(19),
  NOUN_PLANT(20),
  NOUN_STATE(26),
  NOUN_SUBSTANCE(27),
  NOUN_TIME(28),
  VERB_BODY(29),
  VERB_CHANGE(30),
  VERB_COGNITION(31),
  VERB_COMMUNICATION(32),
  VERB_CONTACT(35),
  VERB_EMOTION(37),
  VERB_MOTION(38),
  VERB_PERCEPTION(39),
  VERB_SOCIAL(41),
  VERB_STATIVE(42),
  VERB_WEATHER(43);

  private static final Map<Integer, Supersense> BY_FILE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(one -> one.file, Function.identity()));

  private final int file;

  Supersense(int file) {
    this.file = file;
  }

  /** The meaning with this number of a lexicographer file; empty for those that tell nothing. */
  static Optional<Supersense> ofFile(int file) {
    return Optional.ofNullable(BY_FILE.get(file));
  }
}
