package dev.scriptorium.server.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of what servers tell each other of their queues. Stateless. */
final class StatusStore {
  private static final String PUT =
      """
      update server set status = :status where incarnation = :incarnation
      """;

  private static final String OTHERS =
      """
      select status
      from server
      where incarnation <> :me
        and heartbeat_at >= clock_timestamp() - :silence * interval '1 millisecond'
        and length(status) > 0
        and not exists (select from server_death where incarnation = server.incarnation)
      order by incarnation
      limit 1000
      """;

  /** Tells the others. */
  void put(Handle handle, long incarnation, byte[] status) {
    handle.createUpdate(PUT).bind("incarnation", incarnation).bind("status", status).execute();
  }

  /** What the others that live have told. */
  List<byte[]> others(Handle handle, long me, Duration silence) {
    return new ArrayList<>(
        handle
            .createQuery(OTHERS)
            .bind("me", me)
            .bind("silence", silence.toMillis())
            .map((row, context) -> row.getBytes("status"))
            .list());
  }
}
