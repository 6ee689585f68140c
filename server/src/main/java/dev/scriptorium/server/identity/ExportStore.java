package dev.scriptorium.server.identity;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads all rows of one user, for the role that sees that user's rows alone. Thread-safe. */
final class ExportStore {
  private static final int FETCHED_AT_ONCE = 200;

  /** Lets the statements of this transaction take longer than those of a request. */
  void allowTime(Handle handle) {
    handle
        .createQuery("select set_config('statement_timeout', '600000', true)")
        .mapTo(String.class)
        .one();
  }

  /** Tables that hold what is somebody's own. */
  List<String> tables(Handle handle) {
    return handle
        .createQuery("select name::text from account_table() order by 1")
        .mapTo(String.class)
        .list();
  }

  /** The user itself. */
  void account(Handle handle, UUID owner, Consumer<String> line) {
    handle
        .createQuery(
            """
            select jsonb_build_object('table', 'account', 'row', to_jsonb(a) - 'password_hash')::text
              from account a where a.id = :owner
            """)
        .bind("owner", owner)
        .mapTo(String.class)
        .forEach(line);
  }

  /** A table's rows, each a JSON object with the table's name; not more in memory than a few. */
  void rows(Handle handle, String table, UUID owner, Consumer<String> line) {
    try (Stream<String> rows =
        handle
            .createQuery("select export_rows(:table::regclass, :owner)")
            .bind("table", table)
            .bind("owner", owner)
            .setFetchSize(FETCHED_AT_ONCE)
            .mapTo(String.class)
            .stream()) {
      rows.forEach(line);
    }
  }
}
