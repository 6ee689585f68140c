package dev.scriptorium.plugin.analysis.members;

import dev.scriptorium.plugin.analysis.text.Supersense;

/**
 * What is measured of a paragraph. Counts are taken outside quotation marks unless said otherwise,
 * and given as {@code ln(1 + count)}; shares are of the narrated words, 0 to 1.
 */
public enum Feature {
  /** Narrated words. */
  NARRATION,
  /** Quoted words. */
  QUOTED,
  /** Share of all words that is quoted. */
  DIALOGUE,
  /** Share of adjectives. */
  ADJECTIVES,
  /** Share of nouns. */
  NOUNS,
  /** Share of verbs. */
  VERBS,
  /** Share of pronouns. */
  PRONOUNS,
  /** Share of adverbs. */
  ADVERBS,
  /** Share of prepositions. */
  PREPOSITIONS,
  /** Share of names. */
  NAMES,
  /** Share of verbs in -ing. */
  PROGRESSIVE,
  /** Commas for each word. */
  COMMAS,
  /** Semicolons and colons. */
  SEMICOLONS,
  /** Question and exclamation marks. */
  OUTCRIES,
  /** Narrated words of the mean sentence. */
  SENTENCE_LENGTH,
  /** I, me, my, we, us, our. */
  FIRST_PERSON,
  /** You, your, thou. */
  SECOND_PERSON,
  /** Share of he, she, they and their forms. */
  THIRD_PERSON,
  /** Different names. */
  DIFFERENT_NAMES,
  /** There was, there were, there stood. */
  EXISTENTIAL,
  /** 1 when a sentence opens with a place. */
  LOCATIVE_OPENING,
  /** An adjective before a noun that can be seen. */
  PAINTED_NOUNS,
  /** Nouns that can be seen. */
  VISIBLE_NOUNS,
  /** Share of words of visible groups. */
  VISIBLE_SHARE,
  /** Words of visible groups, inside quotation marks. */
  QUOTED_VISIBLE,
  /** Words of visible groups in the sentence that has most of them. */
  DENSEST,
  /** Words of motion in the sentence that has most of them. */
  LIVELIEST,
  /** 1 for a line without an end. */
  HEADING,
  /** 1 for framed narration. */
  FRAMED,
  PLACE,
  LANDSCAPE,
  LIGHT,
  WEATHER,
  SENSE,
  COLOUR,
  BODY,
  CLOTHING,
  OBJECT,
  SHAPE,
  POSTURE,
  MOTION,
  MIND,
  ABSTRACT,
  TIME,
  SPEECH,
  MODAL,
  LOCATIVE,
  NOUN_ACT,
  NOUN_ANIMAL,
  NOUN_ARTIFACT,
  NOUN_ATTRIBUTE,
  NOUN_BODY,
  NOUN_COGNITION,
  NOUN_COMMUNICATION,
  NOUN_FEELING,
  NOUN_GROUP,
  NOUN_LOCATION,
  NOUN_OBJECT,
  NOUN_PERSON,
  NOUN_PHENOMENON,
  NOUN_PLANT,
  NOUN_STATE,
  NOUN_SUBSTANCE,
  NOUN_TIME,
  VERB_BODY,
  VERB_CHANGE,
  VERB_COGNITION,
  VERB_COMMUNICATION,
  VERB_CONTACT,
  VERB_EMOTION,
  VERB_MOTION,
  VERB_PERCEPTION,
  VERB_SOCIAL,
  VERB_STATIVE,
  VERB_WEATHER;

  /** The feature that counts the words of a group. */
  static Feature of(Group group) {
    return valueOf(group.name());
  }

  /** The feature that counts the words of a meaning. */
  static Feature of(Supersense sense) {
    return valueOf(sense.name());
  }
}
