package dev.scriptorium.plugin;

import java.util.Collections;
import java.util.List;

/**
 * A character or place of a whole book.
 *
 * @param ordinal from 1 within the book
 * @param type what it is
 * @param displayName its fullest name
 * @param aliases its other names, most used first
 * @param mentions where it is named, in reading order
 * @param names which of its names each mention is: 0 the display name, {@code k} the {@code k}-th
 *     alias, {@link #SHARED} a name that it shares with others and that is no alias
 */
public record Entity(
    int ordinal,
    Type type,
    String displayName,
    List<String> aliases,
    List<TextRange> mentions,
    List<Integer> names) {
  /** Stands for a name that others bear too. */
  public static final int SHARED = -1;

  /** Checks the names and copies the lists. */
  public Entity {
    aliases = List.copyOf(aliases);
    mentions = List.copyOf(mentions);
    names = List.copyOf(names);
    int most = aliases.size();
    boolean known = names.stream().allMatch(name -> name >= SHARED && name <= most);
    if (names.size() != mentions.size() || !known) {
      throw new IllegalArgumentException(
          "%d mentions with names %s of %d".formatted(mentions.size(), names, most + 1));
    }
  }

  /** An entity that is always called by its display name. */
  public Entity(
      int ordinal, Type type, String displayName, List<String> aliases, List<TextRange> mentions) {
    this(ordinal, type, displayName, aliases, mentions, Collections.nCopies(mentions.size(), 0));
  }

  /** What an entity is. */
  public enum Type {
    /** A person or creature with a name. */
    CHARACTER,
    /** A place with a name. */
    PLACE
  }
}
