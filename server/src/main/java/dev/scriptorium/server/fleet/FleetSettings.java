package dev.scriptorium.server.fleet;

import java.time.Duration;

/**
 * Settings of the worker side.
 *
 * @param serverName told to workers
 * @param heartbeat how often a worker has to say how it is; lost when three are missed
 * @param maxResultBytes largest result or pack
 */
public record FleetSettings(String serverName, Duration heartbeat, long maxResultBytes) {
  private static final int MISSED = 3;

  /** The defaults of a server. */
  public static FleetSettings of(String serverName) {
    return new FleetSettings(serverName, Duration.ofSeconds(2), 2L << 30);
  }

  /** After what silence a worker counts as lost. */
  Duration silence() {
    return heartbeat.multipliedBy(MISSED);
  }
}
