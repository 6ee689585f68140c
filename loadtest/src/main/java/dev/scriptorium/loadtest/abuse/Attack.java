package dev.scriptorium.loadtest.abuse;

/** What a hostile client does, over and over. */
enum Attack {
  IDLE_CONNECTIONS("2,000 connections that say hello and nothing more"),
  STREAM_FLOOD("20,000 uploads on four connections that never go on"),
  RAPID_RESETS("calls that are taken back at once, 2,000 a second"),
  SLOW_UPLOADS("200 uploads of a few bytes a second"),
  WRONG_KEYS("calls with keys that are none, 500 a second"),
  OVERSIZED("messages and headers above the limits, ten a second"),
  BOMBS("64 MiB of zeros in 64 KiB, five a second"),
  TRICKS("names and filters with paths and SQL in them, 500 a second");

  private final String description;

  Attack(String description) {
    this.description = description;
  }

  /** For a report. */
  String description() {
    return description;
  }
}
