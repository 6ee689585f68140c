package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.system.SystemProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the resident memory of a process and all below it, ten times a second, on a thread of
 * its own. Memory that processes share counts once for each: the sum is an upper bound.
 */
final class TreeMemory implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  private final SystemProcess root;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private final long begin = System.nanoTime();
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> megabytes = new ArrayList<>();
  private long peak;

  TreeMemory(SystemProcess root) {
    this.root = root;
    this.thread = Thread.ofPlatform().name("tree-memory").daemon().start(this::watch);
  }

  private void watch() {
    try {
      do {
        note(treeBytes());
      } while (!over.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long treeBytes() {
    return root.family().stream().mapToLong(process -> resident(process.pid())).sum();
  }

  private static long resident(long pid) {
    try {
      return SystemProcess.residentBytes(pid);
    } catch (IOException e) {
      // It has ended since it was listed.
      return 0;
    }
  }

  private synchronized void note(long bytes) {
    peak = Math.max(peak, bytes);
    seconds.add((System.nanoTime() - begin) / 1e9);
    megabytes.add(bytes / 1e6);
  }

  /** The most there was, in bytes. */
  synchronized long peak() {
    return peak;
  }

  /** Seconds since the beginning of every look. */
  synchronized List<Double> seconds() {
    return List.copyOf(seconds);
  }

  /** Megabytes at every look. */
  synchronized List<Double> megabytes() {
    return List.copyOf(megabytes);
  }

  @Override
  public void close() {
    over.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
