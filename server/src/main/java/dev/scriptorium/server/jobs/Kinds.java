package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.server.jobs.schedule.KindLimit;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.UpdateKindRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What operators have ordered for kinds of jobs. It holds here at once, and on the other servers
 * when they next look. Thread-safe.
 */
final class Kinds {
  private static final Set<String> FIELDS = Set.of("paused", "max_running", "starts_per_minute");
  private static final int LONGEST_NAME = 100;

  private final Transactions transactions;
  private final LiveJobs live;
  private final KindStore store = new KindStore();

  Kinds(Transactions transactions, LiveJobs live) {
    this.transactions = transactions;
    this.live = live;
  }

  /**
   * Orders something.
   *
   * @return what holds now
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  KindLimit update(UpdateKindRequest request) {
    KindStatus wanted = request.getKind();
    String kind = wanted.getKind();
    if (kind.isEmpty() || kind.length() > LONGEST_NAME || kind.indexOf('\0') >= 0) {
      throw InvalidField.of("kind.kind", kind, "1 to " + LONGEST_NAME + " characters");
    }
    checkNotNegative("kind.max_running", wanted.getMaxRunning());
    checkNotNegative("kind.starts_per_minute", wanted.getStartsPerMinute());
    List<String> mask = request.getUpdateMask().getPathsList();
    for (String path : mask) {
      if (!FIELDS.contains(path)) {
        throw InvalidField.of("update_mask", path, "paused, max_running, starts_per_minute");
      }
    }
    KindLimit limit = transactions.inTransaction(handle -> change(handle, wanted, mask));
    live.run(s -> s.setKind(kind, limit));
    return limit;
  }

  private static void checkNotNegative(String field, int value) {
    if (value < 0) {
      throw InvalidField.of(field, value, "0 or more");
    }
  }

  private KindLimit change(Handle handle, KindStatus wanted, List<String> mask) {
    KindLimit before = store.all(handle).getOrDefault(wanted.getKind(), KindLimit.NONE);
    KindLimit after =
        new KindLimit(
            named("paused", mask) ? wanted.getPaused() : before.paused(),
            named("max_running", mask) ? wanted.getMaxRunning() : before.maxRunning(),
            named("starts_per_minute", mask)
                ? wanted.getStartsPerMinute()
                : before.startsPerMinute());
    store.put(handle, wanted.getKind(), after);
    return after;
  }

  private static boolean named(String field, List<String> mask) {
    return mask.isEmpty() || mask.contains(field);
  }

  /** Reads what another server may have been told. */
  void refresh() {
    Map<String, KindLimit> ordered = transactions.inTransaction(store::all);
    if (!ordered.isEmpty()) {
      live.run(s -> ordered.forEach(s::setKind));
    }
  }
}
