package dev.scriptorium.server.cache;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.Collection;
import java.util.Map;

/**
 * Keeps messages that can be had elsewhere, slower. What a message was made from is named by the
 * tags of its key: whoever changes that says so with {@link #changed} after the commit and before
 * acknowledging it. From then on this server gives nothing older, and other servers nothing older
 * within a second. Thread-safe.
 */
public interface Cache {
  /** Makes the message when the cache does not have it. */
  @FunctionalInterface
  interface Loader<T, X extends Exception> {
    /** The message; not null. */
    T load() throws X;
  }

  /**
   * The cached message, or that of the loader, which is then cached. Calls for one key that come
   * together load once. A cache that is slow or gone is passed by.
   *
   * @throws X what the loader throws; nothing is cached then
   */
  <T extends MessageLite, X extends Exception> T get(
      CacheKey key, Parser<T> parser, Loader<T, X> loader) throws X;

  /** What these tags name has changed, and the change is committed. Returns at once. */
  void changed(Collection<String> tags);

  /**
   * Forgets entries, here and on all servers.
   *
   * @param pattern of {@code kind:id}, where {@code *} stands for any characters
   * @return how many were forgotten here and in Redis
   */
  int clear(String pattern);

  /** How it is. */
  State state();

  /** How often what was found where, since the start, by kind. */
  Map<String, Rates> rates();

  /**
   * How a cache is.
   *
   * @param degraded true when Redis is absent or passed by
   * @param detail one line for an operator
   */
  record State(boolean degraded, String detail) {}

  /**
   * Look-ups of one kind since the start.
   *
   * @param memory found in memory of this server
   * @param redis found in Redis
   * @param loaded found in neither
   */
  record Rates(long memory, long redis, long loaded) {}
}
