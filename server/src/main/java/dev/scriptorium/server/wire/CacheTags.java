package dev.scriptorium.server.wire;

import java.util.UUID;

/**
 * Names what cached messages are made from. Whoever changes one of these tells the cache, after the
 * commit. Every message is cached for one caller, so that who may see it is settled when it is
 * loaded.
 */
public final class CacheTags {
  private CacheTags() {}

  /** A book: its row, all that was made from its file, and who may read it. */
  public static String book(UUID book) {
    return "book:" + book;
  }

  /** The place of one reader in one book. */
  public static String progress(UUID reader, UUID book) {
    return "progress:" + reader + ":" + book;
  }
}
