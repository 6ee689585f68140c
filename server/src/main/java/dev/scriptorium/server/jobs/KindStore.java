package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.KindLimit;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** SQL of what holds for kinds of jobs on every server. Stateless. */
final class KindStore {
  private static final String ALL =
      """
      select kind, paused, max_running, starts_per_minute from job_kind order by kind limit 1000
      """;

  private static final String PUT =
      """
      insert into job_kind (kind, paused, max_running, starts_per_minute)
      values (:kind, :paused, :maxRunning, :startsPerMinute)
      on conflict (kind) do update
      set paused = excluded.paused, max_running = excluded.max_running,
          starts_per_minute = excluded.starts_per_minute
      """;

  /** What holds, by kind; kinds without a limit may be missing. */
  Map<String, KindLimit> all(Handle handle) {
    Map<String, KindLimit> kinds = new HashMap<>();
    handle
        .createQuery(ALL)
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("kind"),
                    new KindLimit(
                        row.getBoolean("paused"),
                        row.getInt("max_running"),
                        row.getInt("starts_per_minute"))))
        .forEach(entry -> kinds.put(entry.getKey(), entry.getValue()));
    return kinds;
  }

  void put(Handle handle, String kind, KindLimit limit) {
    handle
        .createUpdate(PUT)
        .bind("kind", kind)
        .bind("paused", limit.paused())
        .bind("maxRunning", limit.maxRunning())
        .bind("startsPerMinute", limit.startsPerMinute())
        .execute();
  }
}
