package dev.scriptorium.server.cache;

import java.time.Duration;

/**
 * Keeps bytes that never change under their key. The key therefore names a version or a hash of
 * what it stands for; nothing is ever invalidated. Thread-safe.
 */
public interface Cache {
  /** Makes the bytes when the cache does not have them. */
  @FunctionalInterface
  interface Loader<X extends Exception> {
    /** The bytes; not null. */
    byte[] load() throws X;
  }

  /**
   * The cached bytes, or those of the loader, which are then cached. A cache that is slow or gone
   * is passed by.
   *
   * @param key for example {@code chapter:<hash of the pack>:<offset>}; at most 250 characters
   * @param ttl how long Redis keeps it, at least 1 s; memory keeps it 5 minutes at most
   * @return not to be changed: it is the cache's own array
   * @throws X what the loader throws; nothing is cached then
   */
  <X extends Exception> byte[] get(String key, Duration ttl, Loader<X> loader) throws X;

  /** How it is. */
  State state();

  /**
   * How a cache is.
   *
   * @param degraded true when Redis is absent or passed by
   * @param detail one line for an operator
   */
  record State(boolean degraded, String detail) {}
}
