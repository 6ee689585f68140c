package dev.scriptorium.loadtest.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one fault after the other until the run's faults are over: every one of a list once, in an
 * order that the seed decides, then all over again.
 */
final class FaultLane implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultLane.class);

  private final List<Action> actions;
  private final Random random;
  private final long pauseMillis;
  private final long settleMillis;
  private final Lock turn;
  private final CountDownLatch over;

  /** Makes a fault and undoes it. */
  interface Action {
    /** Does it. */
    void run() throws Exception;
  }

  /**
   * @param actions may name a fault several times
   * @param pauseMillis between two faults
   * @param settleMillis in which those who share the turn make none after a fault
   * @param turn held during a fault, so that those who share it never make two at once
   */
  FaultLane(
      List<Action> actions,
      Random random,
      long pauseMillis,
      long settleMillis,
      Lock turn,
      CountDownLatch over) {
    this.actions = new ArrayList<>(actions);
    this.random = random;
    this.pauseMillis = pauseMillis;
    this.settleMillis = settleMillis;
    this.turn = turn;
    this.over = over;
  }

  @Override
  public void run() {
    try {
      while (true) {
        Collections.shuffle(actions, random);
        for (Action action : actions) {
          if (over.await(pauseMillis, TimeUnit.MILLISECONDS)) {
            return;
          }
          turn.lockInterruptibly();
          try {
            attempt(action);
            boolean _ = over.await(settleMillis, TimeUnit.MILLISECONDS);
          } finally {
            turn.unlock();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Faults race with each other: one may find what it wants to break broken. The run goes on.
  private static void attempt(Action action) throws InterruptedException {
    try {
      action.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("a fault could not be made", e);
    }
  }
}
