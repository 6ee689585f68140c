package dev.scriptorium.server.changes;

import dev.scriptorium.server.wire.PageToken;
import java.util.UUID;

/** How far somebody has come in the feed. */
sealed interface Place {
  /** Smaller than every id. */
  UUID FIRST = new UUID(0, 0);

  /**
   * Among what there is: first all resources are listed, kind by kind.
   *
   * @param source index of the kind
   * @param after the last key that was listed
   * @param since where the log is to be taken up afterwards: what was settled when the list began
   */
  record Listing(int source, UUID after, long since) implements Place {}

  /**
   * In the log of changes.
   *
   * @param tx transactions before it are done with
   * @param name of {@code tx} itself, resources up to this name are done with
   */
  record Log(long tx, String name) implements Place {}

  /** The token, good as long as the epoch lasts. */
  default String encode(UUID owner, UUID epoch) {
    PageToken token =
        switch (this) {
          case Listing(int source, UUID after, long since) ->
              PageToken.of(epoch.toString(), "list", "" + source, after.toString(), "" + since);
          case Log(long tx, String name) -> PageToken.of(epoch.toString(), "log", "" + tx, name);
        };
    return token.encode(request(owner));
  }

  /**
   * A place and the epoch it belongs to.
   *
   * @param epoch of the database that gave it
   */
  record Read(UUID epoch, Place place) {}

  /**
   * Reads a token.
   *
   * @throws dev.scriptorium.server.wire.ApiException PAGE_TOKEN_INVALID
   */
  static Read decode(UUID owner, String text) {
    PageToken token = PageToken.decode(text, request(owner));
    Place place =
        token.text(1).equals("list")
            ? new Listing((int) counted(token, 2), token.id(3), counted(token, 4))
            : new Log(counted(token, 2), token.text(3));
    return new Read(token.id(0), place);
  }

  // Whoever makes up a token gets what he asks for, but no error of the database.
  private static long counted(PageToken token, int part) {
    return Math.max(0, token.number(part));
  }

  private static String request(UUID owner) {
    return "changes " + owner;
  }
}
