package dev.scriptorium.server.cache;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells whether something has changed since it was read: whoever reads takes the stamp of the tags
 * first and keeps it with what was read; that is good while the stamp is still the same. Tags share
 * a bounded number of counters, so that one may look changed because another one was. Thread-safe.
 */
final class Stamps {
  private static final int COUNTERS = 1 << 16;

  private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);
  private final AtomicLong everything = new AtomicLong();

  /** Never the same again once one of the tags has changed; 0 for no tags. */
  long of(List<String> tags) {
    if (tags.isEmpty()) {
      return 0;
    }
    // Counters only grow, so equal sums mean that none has grown.
    long sum = everything.get();
    for (String tag : tags) {
      sum += counters.get(slot(tag));
    }
    return sum;
  }

  void changed(Collection<String> tags) {
    tags.forEach(tag -> counters.incrementAndGet(slot(tag)));
  }

  /** All tags may have changed. */
  void allChanged() {
    everything.incrementAndGet();
  }

  private static int slot(String tag) {
    int hash = tag.hashCode() * 0x9E3779B9;
    return hash >>> 16;
  }
}
