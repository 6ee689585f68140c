package dev.scriptorium.server;

import dev.scriptorium.server.identity.IdentitySettings;
import dev.scriptorium.server.identity.OidcSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Limits against abuse, and how callers log in.
 *
 * @param connections most connections at once; at least 1
 * @param connectionsPerAddress most of one remote address; at least 1
 * @param callsPerConnection most calls under way on one connection; at least 1
 * @param callRate units a second that a reader or librarian may use, a look-up being one, with ten
 *     times as many at once after a pause; 0 for no bound
 * @param callsPerUser most calls under way of a reader or librarian, and as many streams; at least
 *     1
 * @param uploadPause longest time between two messages of an upload
 * @param uploadTime longest time for a whole upload
 * @param workerPort port of its own for workers and KEDA; empty to serve them where all are served
 * @param identity logins
 * @param oidc identity provider; empty for none
 */
record Guard(
    int connections,
    int connectionsPerAddress,
    int callsPerConnection,
    int callRate,
    int callsPerUser,
    Duration uploadPause,
    Duration uploadTime,
    Optional<Integer> workerPort,
    IdentitySettings identity,
    Optional<OidcSettings> oidc) {
  Guard {
    atLeast("--max-connections", connections, 1);
    atLeast("--connections-per-address", connectionsPerAddress, 1);
    atLeast("--calls-per-connection", callsPerConnection, 1);
    atLeast("--call-rate", callRate, 0);
    atLeast("--calls-per-user", callsPerUser, 1);
    atLeast("--upload-pause", uploadPause.toMillis(), 1);
    atLeast("--upload-time", uploadTime.toMillis(), 1);
    workerPort.ifPresent(port -> atLeast("--worker-port", port, 0));
  }

  private static void atLeast(String option, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(option + " is " + value + ": at least " + least);
    }
  }
}
