package dev.scriptorium.plugin.analysis.names;

import java.util.Set;

/** Where searches for names begin. Immutable and thread-safe. */
public final class NameFinder {
  private static final Set<String> NOUNS_WITH_CAPITALS = Set.of("de", "deu", "ger", "lb");

  private final NameRules rules;
  private final boolean nounsWithCapitals;

  private NameFinder(NameRules rules, boolean nounsWithCapitals) {
    this.rules = rules;
    this.nounsWithCapitals = nounsWithCapitals;
  }

  /** Finds English names. */
  public static NameFinder english() {
    return new NameFinder(NameRules.load(), false);
  }

  /**
   * Finds names in texts without tags, by capital letters and titles alone; none in scripts that
   * have no capitals.
   *
   * @param language primary subtag
   */
  public static NameFinder plain(String language) {
    return new NameFinder(NameRules.load(language), NOUNS_WITH_CAPITALS.contains(language));
  }

  /** A search for what is said in one chapter. */
  public SpeechFinder speech() {
    return new SpeechFinder(rules);
  }

  /** A search through one chapter. */
  public ChapterNames chapter() {
    return new ChapterNames(rules, nounsWithCapitals);
  }
}
