package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.TextRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows the character that is meant by a name at a place. Immutable. */
public final class Speakers {
  private static final int MOST_QUOTATIONS = 100_000;

  private final Map<TextRange, Integer> byName;

  private Speakers(Map<TextRange, Integer> byName) {
    this.byName = byName;
  }

  /** Takes the characters among the entities of a book. */
  public static Speakers of(List<Entity> entities) {
    Map<TextRange, Integer> byName = new HashMap<>();
    for (Entity entity : entities) {
      if (entity.type() == Entity.Type.CHARACTER) {
        entity.mentions().forEach(range -> byName.put(range, entity.ordinal()));
      }
    }
    return new Speakers(byName);
  }

  /**
   * The quotations whose speakers are characters of the book, in the same order; at most {@value
   * #MOST_QUOTATIONS}.
   */
  public List<Quotation> named(List<Quotation> quotations) {
    return quotations.stream()
        .filter(one -> byName.containsKey(one.speaker()))
        .limit(MOST_QUOTATIONS)
        .map(
            one ->
                new Quotation(
                    one.range(), one.text(), one.speaker(), byName.getOrDefault(one.speaker(), 0)))
        .toList();
  }
}
