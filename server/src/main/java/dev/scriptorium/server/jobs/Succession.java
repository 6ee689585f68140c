package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.server.jobs.schedule.History;
import dev.scriptorium.server.jobs.schedule.Scheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the jobs of servers that have died, this one's former self first of all. Every step
 * can be repeated: who is heir is decided by a key, and what is left to do is read from the ledger.
 * Used by one thread at a time.
 */
final class Succession {
  private static final Logger log = LoggerFactory.getLogger(Succession.class);

  private final Transactions transactions;
  private final IncarnationStore store;
  private final JobStore jobs;
  private final LiveJobs live;
  private final JobSettings settings;
  private final InstantSource clock;
  private final Set<Long> adopted = new HashSet<>();

  // Something may have been inherited that is not in memory.
  private boolean unread = true;

  Succession(
      Transactions transactions,
      IncarnationStore store,
      JobStore jobs,
      LiveJobs live,
      JobSettings settings,
      InstantSource clock) {
    this.transactions = transactions;
    this.store = store;
    this.jobs = jobs;
    this.live = live;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Looks for the dead and takes over what they have left undone.
   *
   * @param silent true when a server that was silent for too long counts as dead
   */
  void adopt(long me, boolean silent) {
    IncarnationStore.Inquest inquest =
        new IncarnationStore.Inquest(me, settings.serverName(), silent, settings.silence());
    List<Long> dead = transactions.inTransaction(h -> store.dead(h, inquest));
    if (!dead.isEmpty()) {
      unread = true;
      transactions.inTransaction(
          h -> {
            store.bury(h, inquest, dead);
            return dead;
          });
    }
    if (unread) {
      load(transactions.inTransaction(h -> store.inherited(h, me)));
      unread = false;
    }
  }

  // All at once: a job may wait for one of another incarnation.
  private void load(List<Long> inherited) {
    List<Job> found = new ArrayList<>();
    List<Long> fresh = inherited.stream().filter(each -> !adopted.contains(each)).toList();
    for (long incarnation : fresh) {
      List<Job> unfinished = unfinished(incarnation);
      if (unfinished.isEmpty()) {
        settle(incarnation);
      }
      found.addAll(unfinished);
    }
    if (!found.isEmpty()) {
      take(found, transactions.inTransaction(h -> estate(h, found)));
      log.info("took over {} unfinished jobs of incarnations {}", found.size(), fresh);
    }
    adopted.addAll(fresh);
  }

  private List<Job> unfinished(long incarnation) {
    List<Job> found = new ArrayList<>();
    List<Job> page = transactions.inTransaction(h -> store.unfinished(h, incarnation, 0));
    while (!page.isEmpty()) {
      found.addAll(page);
      long above = page.getLast().id();
      page = transactions.inTransaction(h -> store.unfinished(h, incarnation, above));
    }
    return found;
  }

  private void settle(long incarnation) {
    transactions.inTransaction(
        h -> {
          store.settle(h, List.of(incarnation));
          return incarnation;
        });
  }

  private Estate estate(Handle handle, List<Job> found) {
    List<Long> ids = found.stream().map(Job::id).toList();
    // First, so that what is read next is not older.
    Map<Long, IncarnationStore.Past> pasts = store.pasts(handle, ids);
    Set<Long> before = new HashSet<>();
    found.forEach(job -> before.addAll(job.after()));
    Map<Long, Boolean> ended = before.isEmpty() ? Map.of() : jobs.ended(handle, before);
    before.removeAll(ended.keySet());
    // What is no longer there has ended long ago.
    Set<Long> open = before.isEmpty() ? Set.of() : jobs.owners(handle, before).keySet();
    return new Estate(pasts, store.started(handle, ids), ended, open);
  }

  private void take(List<Job> unfinished, Estate estate) {
    // A server that does not know yet that it is dead may have ended one since.
    List<Job> found = unfinished.stream().filter(job -> !estate.hasEnded(job)).toList();
    Map<Long, History> histories = new HashMap<>();
    for (Job job : found) {
      histories.put(
          job.id(), estate.pasts.getOrDefault(job.id(), IncarnationStore.Past.NONE).history());
    }
    Set<Long> unknown = live.register(found, histories, true);
    Instant now = clock.instant();
    live.run(
        s -> {
          Instant latest = now.plus(settings.retryCeiling());
          for (Job job : found) {
            IncarnationStore.Past past = estate.pasts.get(job.id());
            if (past != null) {
              s.delay(job.id(), earlier(past.notBefore(), latest));
            }
          }
          estate.started.stream()
              .filter(dispatch -> histories.containsKey(dispatch.attempt().job()))
              .forEach(dispatch -> resume(s, dispatch, now));
          found.forEach(job -> estate.bind(s, job, unknown));
          s.commit(found.stream().map(Job::id).toList(), now);
        });
  }

  /**
   * What is known of jobs that were left undone.
   *
   * @param ended of the jobs that some of them wait for those that have ended; whether they
   *     succeeded
   * @param open those that have not
   */
  private record Estate(
      Map<Long, IncarnationStore.Past> pasts,
      List<Dispatch> started,
      Map<Long, Boolean> ended,
      Set<Long> open) {
    /** Says what a job waits for that is not in memory, or that it waits in vain. */
    void bind(Scheduler scheduler, Job job, Set<Long> unknown) {
      for (long before : job.after()) {
        if (!ended.getOrDefault(before, true)) {
          scheduler.doom(job.id());
        } else if (open.contains(before) && unknown.contains(before)) {
          scheduler.awaitElsewhere(job.id(), before);
        }
      }
    }

    boolean hasEnded(Job job) {
      IncarnationStore.Past past = pasts.get(job.id());
      return past != null && past.ended();
    }
  }

  // Another server's clock is not believed: no delay is longer than the longest there is, and a
  // deadline begins anew.
  private static Instant earlier(Instant one, Instant two) {
    return one.isBefore(two) ? one : two;
  }

  private void resume(Scheduler scheduler, Dispatch dispatch, Instant now) {
    scheduler.resume(
        dispatch.attempt(), dispatch.worker(), now, now.plus(settings.patience().reunion()));
  }
}
