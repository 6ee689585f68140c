package dev.scriptorium.worker.runner;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.function.LongSupplier;

/**
 * Gives back what jobs leave behind in the heap. The serial collector lets the heap grow to its end
 * before it looks at what has become old, so a runner would hold all that it may have after a few
 * books. Looking costs nothing to speak of, a collection some ten milliseconds. Thread-safe.
 */
final class SpareHeap {
  /** Less than this is not worth a collection. */
  private static final long LEAST = 8 << 20;

  /** Share of the heap by which what is old may grow between two collections. */
  private static final int SHARE = 10;

  /** The serial collector's name for the part of the heap in which old objects lie. */
  private static final String OLD = "Tenured Gen";

  private final LongSupplier usedBytes;
  private final LongSupplier oldBytes;
  private final Runnable collection;
  private final long allowance;
  private long lastingBytes;

  /**
   * @param maxBytes length of the heap at most
   * @param usedBytes what is in use of it, garbage and all; asked often
   * @param oldBytes what of it has survived for a while; asked when that may be much
   * @param collection collects all garbage; what stays is old then
   */
  SpareHeap(long maxBytes, LongSupplier usedBytes, LongSupplier oldBytes, Runnable collection) {
    this.usedBytes = usedBytes;
    this.oldBytes = oldBytes;
    this.collection = collection;
    this.allowance = Math.max(LEAST, maxBytes / SHARE);
  }

  /** That of this process. */
  static SpareHeap ofThisProcess() {
    Runtime runtime = Runtime.getRuntime();
    LongSupplier used = () -> runtime.totalMemory() - runtime.freeMemory();
    return new SpareHeap(runtime.maxMemory(), used, () -> oldBytes(used.getAsLong()), System::gc);
  }

  /** Collects when much has become old since the last time. To be called between steps of a job. */
  synchronized void look() {
    long most = lastingBytes + allowance;
    if (usedBytes.getAsLong() > most && oldBytes.getAsLong() > most) {
      collection.run();
      lastingBytes = usedBytes.getAsLong();
    }
  }

  /**
   * Bytes of this process's heap that are old.
   *
   * @param otherwise when the collector is another one
   */
  static long oldBytes(long otherwise) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals(OLD))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage == null ? otherwise : usage.getUsed())
        .findFirst()
        .orElse(otherwise);
  }
}
