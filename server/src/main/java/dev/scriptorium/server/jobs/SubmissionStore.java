package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** SQL of requests that have added jobs. Stateless. */
final class SubmissionStore {
  private static final Rows<Map.Entry<OwnedKey, List<Long>>> REQUESTS =
      Rows.<Map.Entry<OwnedKey, List<Long>>>of()
          .with("request_id", Rows.Kind.TEXT, request -> request.getKey().key())
          .with("owner_id", Rows.Kind.UUID, request -> request.getKey().owner())
          .with("jobs", Rows.Kind.BIGINTS, request -> literal(request.getValue()));

  // In the order of the keys, so that two servers never wait for each other.
  private static final String REMEMBER =
      """
      insert into submission (at, request_id, owner_id, jobs)
      select clock_timestamp(), new.*
      """
          + REQUESTS.from()
          + "order by owner_id, request_id";

  private static final String EARLIER =
      """
      select submission.owner_id, submission.request_id, submission.jobs
      from unnest(:owners, :keys) as asked (owner_id, request_id)
      join submission
        on submission.owner_id = asked.owner_id and submission.request_id = asked.request_id
      """;

  // In the order of the keys, so that two requests never wait for each other.
  private static final String RESERVE =
      """
      insert into job_unique (owner_id, unique_key, job_id)
      select owner_id, unique_key, job_id
      from unnest(:owners, :keys, :jobs) as new (owner_id, unique_key, job_id)
      order by owner_id, unique_key
      on conflict do nothing
      """;

  private static final String UNFINISHED =
      """
      select job_unique.owner_id, job_unique.unique_key, job_unique.job_id
      from unnest(:owners, :keys) as asked (owner_id, unique_key)
      join job_unique
        on job_unique.owner_id = asked.owner_id and job_unique.unique_key = asked.unique_key
      """;

  /** The jobs that hold some of the keys. */
  Map<OwnedKey, Long> unfinished(Handle handle, Set<OwnedKey> keys) {
    return bind(handle.createQuery(UNFINISHED), keys)
        .map((row, context) -> Map.entry(key(row, "unique_key"), row.getLong("job_id")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Gives keys to jobs; false when one of them is taken. */
  boolean reserve(Handle handle, Map<OwnedKey, Long> jobs) {
    return jobs.isEmpty()
        || bind(handle.createUpdate(RESERVE), jobs.keySet())
                .bindArray("jobs", Long.class, List.copyOf(jobs.values()))
                .execute()
            == jobs.size();
  }

  /** Remembers what requests have added. */
  void insert(Handle handle, Map<OwnedKey, List<Long>> requests) {
    Update insert = handle.createUpdate(REMEMBER);
    REQUESTS.bind(insert, List.copyOf(requests.entrySet()));
    insert.execute();
  }

  /** What those of the requests have added that are not new. */
  Map<OwnedKey, List<Long>> find(Handle handle, Set<OwnedKey> requests) {
    return bind(handle.createQuery(EARLIER), requests)
        .map(
            (row, context) ->
                Map.entry(
                    key(row, "request_id"), List.of((Long[]) row.getArray("jobs").getArray())))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Collection<OwnedKey> keys) {
    return statement
        .bindArray("owners", UUID.class, keys.stream().map(OwnedKey::owner).toList())
        .bindArray("keys", String.class, keys.stream().map(OwnedKey::key).toList());
  }

  private static OwnedKey key(ResultSet row, String column) throws SQLException {
    return new OwnedKey(row.getObject("owner_id", UUID.class), row.getString(column));
  }

  private static String literal(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }
}
