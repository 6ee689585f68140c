package dev.scriptorium.loadtest.queue;

import java.sql.SQLException;

/** Makes it look as if very many jobs had been done. */
final class History {
  private static final int PIECE = 500_000;

  private final Rig rig;

  History(Rig rig) {
    this.rig = rig;
  }

  /** Copies the oldest job and its outcome under new ids of the same day. */
  void write(int jobs) throws SQLException {
    var connection = rig.ledgers().connection();
    for (int done = 0; done < jobs; done += PIECE) {
      String numbers =
          "generate_series(%d, %d) as n".formatted(done, Math.min(jobs, done + PIECE) - 1);
      for (String table : new String[] {"job", "outcome"}) {
        Sql.execute(connection, copy(table, numbers));
      }
    }
    Sql.execute(connection, "analyze job", "analyze outcome");
  }

  // The ids lie below those of this server: another incarnation's.
  private static String copy(String table, String numbers) {
    String id = table.equals("job") ? "id" : "job_id";
    return """
    insert into %1$s
    select (jsonb_populate_record(null::%1$s, to_jsonb(old)
             || jsonb_build_object('%2$s', old.%2$s - 10000000 + n))).*
    from (select * from %1$s order by %2$s limit 1) as old, %3$s
    """
        .formatted(table, id, numbers);
  }
}
