package dev.scriptorium.plugin;

import java.util.List;

/**
 * A character or place of a whole book.
 *
 * @param ordinal from 1 within the book
 * @param type what it is
 * @param displayName its fullest name
 * @param aliases its other names, most used first
 * @param mentions where it is named, in reading order
 */
public record Entity(
    int ordinal, Type type, String displayName, List<String> aliases, List<TextRange> mentions) {

  /** Copies the lists. */
  public Entity {
    aliases = List.copyOf(aliases);
    mentions = List.copyOf(mentions);
  }

  /** What an entity is. */
  public enum Type {
    /** A person or creature with a name. */
    CHARACTER,
    /** A place with a name. */
    PLACE
  }
}
