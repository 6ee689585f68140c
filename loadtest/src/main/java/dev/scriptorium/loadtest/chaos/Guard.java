package dev.scriptorium.loadtest.chaos;

import java.util.List;
import java.util.Set;

/**
 * Something that keeps a promise, and how to take it away without touching the programs: in the
 * database, or in what the clients and jobs do. A run without it has to end in violations, or the
 * run proves nothing.
 */
enum Guard {
  /** The key of outcome, for which all endings of an attempt compete. */
  FENCE("lost-commit", List.of("alter table scriptorium.outcome drop constraint outcome_pkey")),
  /** That what is acknowledged is on disk. */
  DURABILITY(
      "kill-postgres",
      List.of(
          "alter system set synchronous_commit = off",
          "alter system set wal_writer_delay = '10s'",
          "alter system set wal_writer_flush_after = '1GB'",
          "alter role scriptorium_api set synchronous_commit = off",
          "alter role scriptorium_scheduler set synchronous_commit = off",
          "select pg_reload_conf()")),
  /** The memory of requests, by which a repeated one adds nothing. */
  REQUESTS("lost-reply,lost-commit", List.of(dropping("submission", "insert"))),
  /** The election of an heir. */
  SUCCESSION("kill-server", List.of(dropping("server_death", "insert"))),
  /** The end of a job that has crashed too often. */
  QUARANTINE(
      "none",
      List.of(
          """
          create function scriptorium.forgive() returns trigger language plpgsql as $$
          begin
            if new.ending = 'QUARANTINED' then
              new.ending := 'CRASHED';
              new.final := false;
              new.retry_at := clock_timestamp();
            end if;
            return new;
          end $$
          """,
          """
          create trigger forgive before insert on scriptorium.outcome
          for each row execute function scriptorium.forgive()
          """)),
  /** That an ending which another attempt follows is not final. */
  RETRY(
      "kill-runner,kill-worker",
      List.of(
          """
          create function scriptorium.finish() returns trigger language plpgsql as $$
          begin
            if not new.final then
              new.final := true;
              new.retry_at := null;
            end if;
            return new;
          end $$
          """,
          """
          create trigger finish before insert on scriptorium.outcome
          for each row execute function scriptorium.finish()
          """)),
  /** What an attempt saved for the next; the jobs themselves forget it. */
  CHECKPOINT("kill-runner", List.of()),
  /** One job of a key at a time; the clients do not ask for it. */
  KEY_LIMIT("none", List.of());

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> statements;

  private final String faults;

  Guard(String faults, List<String> statements) {
    this.faults = faults;
    this.statements = statements;
  }

  /** Kinds of faults that show that it is missing. */
  Set<String> faults() {
    return Set.of(faults.split(",", -1));
  }

  /** What takes it away, run as superuser before the first job. */
  List<String> statements() {
    return statements;
  }

  private static String dropping(String table, String what) {
    return """
    create function scriptorium.drop_%1$s() returns trigger language plpgsql as
      $$ begin return null; end $$;
    create trigger drop_%1$s before %2$s on scriptorium.%1$s
      for each row execute function scriptorium.drop_%1$s()
    """
        .formatted(table, what);
  }
}
