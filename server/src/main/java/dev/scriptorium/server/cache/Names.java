package dev.scriptorium.server.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/** Keys in Redis. */
final class Names {
  private static final String PREFIX = "scriptorium:";

  /** Messages. */
  static final String DATA = PREFIX + "d:";

  /** What Redis tells of whenever it changes. */
  static final String TRACKED = PREFIX + "v:";

  /** The order to clear a part of the memory. */
  static final String CLEAR = TRACKED + "~clear";

  /** The beat of one server. */
  static final String BEAT = TRACKED + "~beat:";

  /** Part of the names of all messages: another epoch, an empty cache. */
  static final String EPOCH = PREFIX + "epoch";

  /** A hash of all servers with their last beats. */
  static final String SERVERS = PREFIX + "servers";

  /** Longer than any message lives, so that none outlives the version in its name. */
  static final Duration VERSION_TTL = Duration.ofHours(2);

  private Names() {}

  static byte[] version(String tag) {
    return (TRACKED + tag).getBytes(UTF_8);
  }
}
