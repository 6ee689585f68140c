package dev.scriptorium.cli;

import dev.scriptorium.client.CollectionsClient;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.ListCollectionsRequest.Direction;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the collection that a user means by its title. */
final class CollectionFinder {
  private final CollectionsClient client;

  CollectionFinder(CollectionsClient client) {
    this.client = client;
  }

  /** A collection's name, {@code collections/{collection}}; own ones come first. */
  String nameOf(String wanted) {
    if (wanted.startsWith("collections/")) {
      return wanted;
    }
    String title = wanted.strip().toLowerCase(Locale.ROOT);
    for (Direction direction : List.of(Direction.DIRECTION_OWN, Direction.DIRECTION_WITH_ME)) {
      List<Collection> found = titled(title, direction);
      if (found.size() > 1) {
        throw new CliException(
            2, "'" + wanted + "' fits " + found.size() + " collections; give collections/ID");
      }
      if (!found.isEmpty()) {
        return found.getFirst().getName();
      }
    }
    throw new CliException(
        5, "no collection is called '" + wanted + "'; see 'scriptorium collections'");
  }

  private List<Collection> titled(String title, Direction direction) {
    try (Stream<Collection> all = client.list(direction)) {
      return all.filter(c -> c.getTitle().strip().toLowerCase(Locale.ROOT).equals(title)).toList();
    }
  }
}
