package dev.scriptorium.server.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one lane: as soon as a commit is done the next group, and after a failure a pause. */
final class LaneThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LaneThread.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final Lane lane;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  LaneThread(String name, Lane lane) {
    this.lane = lane;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  private void loop() {
    try {
      while (closed.getCount() > 0) {
        lane.await();
        long pause = FIRST_PAUSE_MILLIS;
        while (!lane.write()) {
          if (closed.await(pause, TimeUnit.MILLISECONDS)) {
            return;
          }
          pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.debug("ledger thread was told to stop");
    }
  }

  @Override
  public void close() {
    closed.countDown();
    lane.close();
    thread.interrupt();
  }
}
