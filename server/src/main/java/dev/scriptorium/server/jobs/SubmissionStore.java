package dev.scriptorium.server.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** SQL of requests that have added jobs. Stateless. */
final class SubmissionStore {
  private static final String REMEMBER =
      """
      insert into submission (owner_id, request_id, jobs, at)
      values (:owner, :request, :jobs, clock_timestamp())
      """;

  private static final String EARLIER =
      """
      select jobs from submission where owner_id = :owner and request_id = :request
      """;

  // In the order of the keys, so that two requests never wait for each other.
  private static final String RESERVE =
      """
      insert into job_unique (owner_id, unique_key, job_id)
      select :owner, unique_key, job_id
      from unnest(:keys, :jobs) as new (unique_key, job_id)
      order by unique_key
      on conflict do nothing
      """;

  private static final String UNFINISHED =
      """
      select unique_key, job_id
      from job_unique
      where owner_id = :owner and unique_key = any(:keys)
      """;

  /** The jobs that hold some of the keys. */
  Map<String, Long> unfinished(Handle handle, UUID owner, Set<String> keys) {
    return handle
        .createQuery(UNFINISHED)
        .bind("owner", owner)
        .bindArray("keys", String.class, List.copyOf(keys))
        .map((row, context) -> Map.entry(row.getString("unique_key"), row.getLong("job_id")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Gives keys to jobs; false when one of them is taken. */
  boolean reserve(Handle handle, UUID owner, Map<String, Long> jobs) {
    List<Map.Entry<String, Long>> entries = List.copyOf(jobs.entrySet());
    return entries.isEmpty()
        || handle
                .createUpdate(RESERVE)
                .bind("owner", owner)
                .bindArray("keys", String.class, entries.stream().map(Map.Entry::getKey).toList())
                .bindArray("jobs", Long.class, entries.stream().map(Map.Entry::getValue).toList())
                .execute()
            == entries.size();
  }

  /** Remembers what a request has added. */
  void insert(Handle handle, UUID owner, String request, List<Long> jobs) {
    handle
        .createUpdate(REMEMBER)
        .bind("owner", owner)
        .bind("request", request)
        .bindArray("jobs", Long.class, jobs)
        .execute();
  }

  /** What the request has added before; empty when it is new. */
  List<Long> find(Handle handle, UUID owner, String request) {
    return handle
        .createQuery(EARLIER)
        .bind("owner", owner)
        .bind("request", request)
        .map((row, context) -> List.of((Long[]) row.getArray("jobs").getArray()))
        .findOne()
        .orElse(List.of());
  }
}
