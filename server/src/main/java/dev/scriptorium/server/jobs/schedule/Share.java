package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an owner has had of a level. */
final class Share {
  final UUID owner;

  /** Time that was given to it, in microseconds; who has had least comes first. */
  long had;

  /** Its queues, one a line. */
  final List<Turn> turns = new ArrayList<>(1);

  Share(UUID owner, long had) {
    this.owner = owner;
    this.had = had;
  }

  @Nullable Turn in(Line line) {
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).line == line) {
        return turns.get(i);
      }
    }
    return null;
  }
}
