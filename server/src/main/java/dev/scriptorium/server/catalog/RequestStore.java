package dev.scriptorium.server.catalog;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on answers that are kept for repeated calls. Thread-safe. */
final class RequestStore {
  /**
   * @param requestHash SHA-256 of what was asked, in hexadecimal
   * @param response the answer's bytes
   */
  record Answered(String requestHash, ByteString response) {}

  Optional<Answered> find(Handle handle, UUID owner, String method, UUID requestId) {
    return handle
        .createQuery(
            """
            select request_hash, response from request
            where owner_id = :owner and method = :method and request_id = :id
            """)
        .bind("owner", owner)
        .bind("method", method)
        .bind("id", requestId)
        .map(
            (row, _) ->
                new Answered(
                    row.getString("request_hash"), ByteString.copyFrom(row.getBytes("response"))))
        .findOne();
  }

  /** False when the id was used before; waits for a transaction that is using it. */
  boolean insert(
      Handle handle, UUID owner, String method, UUID requestId, Answered answered, Instant now) {
    return handle
            .createUpdate(
                """
                insert into request (owner_id, method, request_id, request_hash, response,
                  created_at)
                values (:owner, :method, :id, :hash, :response, :now)
                on conflict (owner_id, method, request_id) do nothing
                """)
            .bind("owner", owner)
            .bind("method", method)
            .bind("id", requestId)
            .bind("hash", answered.requestHash())
            .bind("response", answered.response().toByteArray())
            .bind("now", now)
            .execute()
        == 1;
  }
}
