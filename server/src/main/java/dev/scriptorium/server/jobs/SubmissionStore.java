package dev.scriptorium.server.jobs;

import java.util.List;
import java.util.UUID;
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
