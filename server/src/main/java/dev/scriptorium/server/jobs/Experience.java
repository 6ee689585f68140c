package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Transactions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What attempts took before this server started: it knows at once how much memory each kind of work
 * needs, and how long it takes. Read once, before anything is offered.
 */
final class Experience {
  private static final Logger log = LoggerFactory.getLogger(Experience.class);

  // Of each kind of work and size the last 32 count.
  private static final int MOST = 5000;

  private final Transactions transactions;
  private final LiveJobs live;
  private final ExperienceStore store = new ExperienceStore();

  Experience(Transactions transactions, LiveJobs live) {
    this.transactions = transactions;
    this.live = live;
  }

  /** Learns from the newest jobs, of whatever server. */
  void read() {
    List<ExperienceStore.Taken> newest =
        transactions.inTransaction(handle -> store.newest(handle, MOST));
    live.run(
        scheduler ->
            newest.stream()
                .filter(each -> each.peakBytes() > 0 || each.elapsedMillis() > 0)
                .forEach(
                    each ->
                        scheduler.learn(
                            each.work(),
                            each.inputBytes(),
                            each.peakBytes(),
                            each.elapsedMillis() / 1000.0)));
    log.debug("learned from {} earlier attempts", newest.size());
  }
}
