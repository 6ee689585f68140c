package dev.scriptorium.server;

import dev.scriptorium.server.cache.RedisAddress;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.Logins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Every setting of the server.
 *
 * @param chosenName name among several servers; empty to use the data directory's
 * @param listen where to listen
 * @param dataDir lock, keys, blobs and the embedded programs
 * @param database how to reach the database
 * @param redis how to reach Redis
 * @param tls certificate and key; empty for plaintext
 * @param maxUpload largest book file
 * @param keepUploads how long an upload that nobody goes on with is kept; at least one minute
 * @param freeSpaceFloor space that must stay free on the blobs' disk
 * @param guard limits against abuse, and how callers log in
 * @param keepJobs how long jobs are kept after the day they were taken in; at least one day
 * @param grace how long requests under way may take at a shutdown
 * @param reflection true to tell strangers the methods also off loopback
 * @param scaler true to tell KEDA, which has no key, how much work there is
 */
record ServerConfig(
    Optional<String> chosenName,
    ListenAddress listen,
    Path dataDir,
    DatabaseSource database,
    RedisSource redis,
    Optional<Tls> tls,
    ByteSize maxUpload,
    Duration keepUploads,
    ByteSize freeSpaceFloor,
    Guard guard,
    Duration keepJobs,
    Duration grace,
    boolean reflection,
    boolean scaler) {

  ServerConfig {
    if (keepJobs.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("--keep-jobs is " + keepJobs.toDays() + ": at least 1");
    }
    if (keepUploads.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "--keep-uploads is " + keepUploads.toSeconds() + "s: at least 1m");
    }
  }

  /** Which database to use. */
  sealed interface DatabaseSource {
    /** Our own Postgres in the data directory. */
    record Embedded() implements DatabaseSource {}

    /** A database where we create our roles with a privileged login. */
    record Privileged(Login login) implements DatabaseSource {}

    /** A database whose operator has created our roles. */
    record Prepared(Logins logins) implements DatabaseSource {}
  }

  /** Which Redis to use. */
  sealed interface RedisSource {
    /** Our own, in the data directory. */
    record Embedded() implements RedisSource {}

    /** Somebody else's. */
    record External(RedisAddress address) implements RedisSource {}

    /** None: the cache is in memory alone. */
    record None() implements RedisSource {}
  }

  /**
   * What TLS needs.
   *
   * @param certificate chain in PEM
   * @param key private key in PEM, PKCS #8
   */
  record Tls(Path certificate, Path key) {}
}
