package dev.scriptorium.loadtest.simulate;

/** What goes wrong in a simulated run. */
public enum Fault {
  /** A stream between worker and server breaks. */
  STREAM_BROKEN("stream broken"),
  /** A server is killed. */
  SERVER_KILLED("server killed"),
  /** A worker is killed. */
  WORKER_KILLED("worker killed"),
  /** A server or worker stops for a while. */
  FROZEN("server or worker stopped for a while"),
  /** A link passes nothing for a while. */
  PARTITION("link that passes nothing for a while"),
  /** The database loses what it has not flushed. */
  DATABASE_CRASHED("database crashed"),
  /** A connection to the database breaks. */
  BACKEND_KILLED("database connection broken"),
  /** A server's clock is set. */
  CLOCK_SET("clock set"),
  /** A transaction is rolled back at its commit. */
  COMMIT_FAILED("commit failed"),
  /** A transaction commits, and nobody hears of it. */
  ANSWER_LOST("answer to a commit lost"),
  /** A worker says something twice. */
  SAID_TWICE("report said twice"),
  /** A job is cancelled. */
  CANCELLED("job cancelled"),
  /** A worker refuses an offer or does not answer it. */
  OFFER_REFUSED("offer refused or not answered");

  private final String description;

  Fault(String description) {
    this.description = description;
  }

  /** What happens, in a few words. */
  public String description() {
    return description;
  }
}
