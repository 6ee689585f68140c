package dev.scriptorium.server.jobs;

/** What the ledger answers to a report. */
enum Verdict {
  /** It is written, now or before. */
  RECORDED,
  /** The attempt has ended otherwise, or is not the reporter's. */
  FENCED
}
