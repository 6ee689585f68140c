package dev.scriptorium.loadtest.simulate;

/** The system as it is, and ways to break it that the simulation has to find. */
public enum Variant {
  /** As it is. */
  NONE("as it is"),
  /** The outcome's key is not unique. */
  NO_FENCE("the outcome's key is not unique: the later one takes effect too"),
  /** A worker's own second report counts again. */
  DUPLICATE_COMPLETE("a completion that is said twice takes effect twice"),
  /** Whoever names job and attempt is believed. */
  TOKEN_NOT_COMPARED("whoever names job and attempt is believed, whatever the token"),
  /** The worker hears of a commit that has not happened. */
  ACK_BEFORE_COMMIT("a completion is acknowledged when it is received"),
  /** An heir does not read the crashes of a job. */
  CRASHES_IN_MEMORY("crashes are counted in memory alone"),
  /** Keys are locked in any order. */
  UNSORTED_BATCH("a group is written in any order of its keys"),
  /** Patience is measured with a clock that can be set. */
  WALL_CLOCK("time is read from a clock that may be set"),
  /** An heir believes that nothing runs. */
  RUNNING_IGNORED("the heir does not look for attempts that run"),
  /** Whoever finds a dead server is its heir. */
  TWO_HEIRS("whoever finds a server dead is its heir"),
  /** A frozen server adds jobs after its death. */
  NO_GUARD("a server that was declared dead may add jobs"),
  /** Nobody waits for the transactions of the dead. */
  DEATH_DOES_NOT_WAIT("death is declared while the dead still has a transaction open"),
  /** The effect is written later than the outcome. */
  EFFECT_APART("outcome and effect are written in two transactions"),
  /** Nobody writes which attempts were started. */
  DISPATCH_NOT_RECORDED("starts of attempts are not written"),
  /** An heir forgets the limits of what runs. */
  LIMIT_FORGOTTEN("the heir does not count running jobs against their limit"),
  /** The server hears of more memory than there is. */
  RESERVATION_NOT_COUNTED("memory that is reserved counts as free"),
  /** A job runs although one that it waited for has failed. */
  RELEASED_ON_FAILURE("jobs that wait for a failed one run"),
  /** A commit whose answer was lost counts as none. */
  DOUBT_IS_NO("a commit whose answer was lost counts as rolled back"),
  /** All jobs belong to one owner, as the server sees it. */
  FAIRNESS_OFF("jobs are done in the order they came, whoever owns them"),
  /** A job that has failed an attempt loses its place in its key. */
  KEY_LET_GO("the order of a key is not kept when one of its jobs has to be repeated"),
  /** The next attempt begins from nothing. */
  CHECKPOINT_FORGOTTEN("what an attempt has saved is not handed to the next"),
  /** The next attempt begins too early. */
  CHECKPOINT_OLD("the next attempt gets what was saved first");

  private final String description;

  Variant(String description) {
    this.description = description;
  }

  /** What is broken, in half a sentence. */
  public String description() {
    return description;
  }
}
