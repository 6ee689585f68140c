package dev.scriptorium.plugin.pdf;

/**
 * What pages tell of their book: its type, what repeats at the edges, its headings and its words.
 * Pages are shown first; after {@link #decide} the parts can be asked. Not thread-safe.
 */
final class BookTraits {
  private final Typography typography = new Typography();
  private final Furniture furniture = new Furniture();
  private final Headings headings = new Headings();
  private final Vocabulary vocabulary = new Vocabulary();
  private boolean textFound;

  /** Shows a page; in order, each once. */
  void learn(PageText page) {
    textFound |= !page.lines().isEmpty();
    typography.learn(page.lines());
    furniture.learn(page);
    headings.learn(page);
    for (Line line : page.lines()) {
      vocabulary.learn(line.text());
    }
  }

  /** Draws the conclusions, after the last page. */
  void decide() {
    furniture.decide();
  }

  /** True when at least one page has text. */
  boolean textFound() {
    return textFound;
  }

  Typography typography() {
    return typography;
  }

  Furniture furniture() {
    return furniture;
  }

  Headings headings() {
    return headings;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }
}
