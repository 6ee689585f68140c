package dev.scriptorium.loadtest.simulate;

/** What the job system promises, as far as the simulation can see it. */
public enum Invariant {
  /** Nothing that was acknowledged is lost. */
  I1("every acknowledged job comes to one final end"),
  /** Effects are exact. */
  I2("a job that has succeeded took effect once, any other never"),
  /** Attempts follow each other. */
  I3("attempts are 1, 2, 3, …, each ends once, the next only after one that may be repeated"),
  /** Answers are true. */
  I4("who is acknowledged is stored, who is fenced is not"),
  /** Memory and slots. */
  I5("no worker is offered more than it says to have"),
  /** Poison. */
  I6("a job that crashes is quarantined at the third time, no other ever"),
  /** Fairness. */
  I7("owners whose jobs wait are served alike"),
  /** Limits. */
  I8("no more attempts of a key are offered than its limit allows"),
  /** Progress and checkpoints. */
  I10("progress never goes back, and the next attempt gets the newest state that was saved"),
  /** Order. */
  I12("jobs of an ordered key begin when those before them have ended"),
  /** Ownership. */
  OWNER("only the owner of a job offers it"),
  /** Time-outs. */
  PATIENCE("no attempt times out before its deadline"),
  /** Lock order. */
  LOCK_ORDER("groups are written in the order of their keys");

  private final String promise;

  Invariant(String promise) {
    this.promise = promise;
  }

  /** The promise, in half a sentence. */
  public String promise() {
    return promise;
  }
}
