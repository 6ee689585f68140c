package dev.scriptorium.plugin.analysis.names;

/** What a name says about who bears it. */
enum Gender {
  MAN,
  WOMAN,
  UNKNOWN;

  /** False when one is a man's and the other a woman's. */
  boolean agreesWith(Gender other) {
    return this == UNKNOWN || other == UNKNOWN || this == other;
  }
}
