package dev.scriptorium.server.catalog;

/**
 * A job that runs now, as this server has heard.
 *
 * @param id the job's id
 * @param tier 1 to 3
 * @param kind for example {@code parse}
 * @param percent 0 to 100
 * @param activity what it is doing; may be empty
 */
record LiveJob(long id, int tier, String kind, int percent, String activity) {
  /** For people, for example {@code parse: chapter 12 of 40}. */
  String describe() {
    return activity.isEmpty() ? kind : kind + ": " + activity;
  }
}
