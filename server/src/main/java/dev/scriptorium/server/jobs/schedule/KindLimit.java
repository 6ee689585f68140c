package dev.scriptorium.server.jobs.schedule;

/**
 * What operators have ordered for all jobs of a kind, on one server.
 *
 * @param paused nothing of the kind is started
 * @param maxRunning how many may be offered or run at once; 0: no limit
 * @param startsPerMinute how many may start in any minute; 0: no limit
 */
public record KindLimit(boolean paused, int maxRunning, int startsPerMinute) {
  /** Nothing ordered. */
  public static final KindLimit NONE = new KindLimit(false, 0, 0);
}
