package dev.scriptorium.server;

import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped in the opposite order. Thread-safe. */
final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final ArrayDeque<AutoCloseable> started = new ArrayDeque<>();

  /** Remembers something that was just started. */
  synchronized <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  /** Stops everything; a part that fails does not keep the others running. */
  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      closePart(started.pop());
    }
  }

  // An edge: whatever one part throws, the next one has to be stopped.
  private static void closePart(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
    }
  }
}
