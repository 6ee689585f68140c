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
    for (int first = 0; first < jobs; first += PIECE) {
      int last = Math.min(jobs, first + PIECE) - 1;
      Sql.execute(connection, jobs(first, last), outcomes(first, last));
    }
    Sql.execute(connection, "analyze job", "analyze outcome");
  }

  // The ids lie below those of this server: another incarnation's.
  private static String jobs(int first, int last) {
    return """
    insert into job (id, created_at, owner_id, tier, priority, kind, media_type)
    select id - 10000000 + n, created_at, owner_id, tier, priority, kind, media_type
    from (select * from job order by id limit 1) as old, generate_series(%d, %d) as n
    """
        .formatted(first, last);
  }

  private static String outcomes(int first, int last) {
    return """
    insert into outcome (job_id, attempt, token, ended_at, ending, final, worker)
    select job_id - 10000000 + n, attempt, token, ended_at, ending, final, worker
    from (select * from outcome order by job_id limit 1) as old, generate_series(%d, %d) as n
    """
        .formatted(first, last);
  }
}
