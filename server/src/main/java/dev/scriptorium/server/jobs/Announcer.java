package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Outage;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.Effect;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.server.jobs.schedule.Standing;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.Offer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the scheduler wants done: offers, starts, and news for whoever listens. */
final class Announcer implements LiveJobs.Doer {
  private static final Logger log = LoggerFactory.getLogger(Announcer.class);

  private final Dispatcher dispatcher;
  private final Ledger ledger;
  private final ServerEndings endings;
  private final InputFinder inputs;
  private final Surroundings around;

  // One delivers at a time.
  private final Set<WorkerLink> spokenTo = new HashSet<>();
  private final List<Long> ended = new ArrayList<>();

  /**
   * What it works with besides.
   *
   * @param offers runs the making of offers, which asks the database
   */
  record Surroundings(
      LiveJobs live,
      List<JobListener> listeners,
      JobSettings settings,
      InstantSource clock,
      Executor offers) {}

  Announcer(
      Dispatcher dispatcher,
      Ledger ledger,
      ServerEndings endings,
      InputFinder inputs,
      Surroundings around) {
    this.dispatcher = dispatcher;
    this.ledger = ledger;
    this.endings = endings;
    this.inputs = inputs;
    this.around = around;
  }

  @Override
  public void accept(Effect effect) {
    switch (effect) {
      case Effect.Offer offer -> offerSoon(offer);
      case Effect.Stop stop ->
          dispatcher
              .link(stop.seat())
              .ifPresent(
                  link -> {
                    link.cancel(stop.attempt());
                    spokenTo.add(link);
                  });
      case Effect.Started started -> started(started);
      case Effect.Changed changed -> changed(changed.standing());
      case Effect.Ended ended -> ended(ended.job(), ended.ending());
    }
  }

  @Override
  public void flush() {
    spokenTo.forEach(WorkerLink::flush);
    spokenTo.clear();
    around.live.forget(ended);
    ended.clear();
  }

  private void started(Effect.Started started) {
    Dispatch dispatch = new Dispatch(started.attempt(), started.worker(), around.clock.instant());
    around
        .live
        .find(started.attempt().job())
        .filter(job -> !ledger.submit(job, new Ledger.Start(dispatch)))
        .ifPresent(job -> log.warn("start of {} is not written: too much waits", dispatch));
  }

  private void changed(Standing standing) {
    around
        .live
        .find(standing.job())
        .ifPresent(
            job -> tell(job, States.of(standing.phase()), standing.percent(), standing.activity()));
  }

  private void ended(long id, Ending ending) {
    Optional<Job> job = around.live.find(id);
    ended.add(id);
    job.ifPresent(it -> tell(it, States.of(ending), ending == Ending.SUCCEEDED ? 100 : 0, ""));
  }

  private void tell(Job job, State state, int percent, String activity) {
    for (JobListener listener : around.listeners) {
      try {
        listener.changed(job, state, percent, activity);
      } catch (RuntimeException e) {
        // One that fails must not keep the news from the others, nor stop the queue.
        log.error("a listener failed on job {}", job.id(), e);
      }
    }
  }

  private void offerSoon(Effect.Offer offer) {
    if (offer.attempt().attempt() == 1
        && around.live.find(offer.attempt().job()).filter(job -> !job.hasBook()).isPresent()) {
      // Nothing has to be looked up.
      offer(offer);
      dispatcher.link(offer.seat()).ifPresent(spokenTo::add);
      return;
    }
    try {
      around.offers.execute(
          () -> {
            offer(offer);
            dispatcher.link(offer.seat()).ifPresent(WorkerLink::flush);
          });
    } catch (RejectedExecutionException e) {
      log.debug("no offer of {}: shutting down", offer.attempt());
    }
  }

  private void offer(Effect.Offer offer) {
    AttemptKey key = offer.attempt();
    Optional<Job> job = around.live.find(key.job());
    Optional<WorkerLink> link = dispatcher.link(offer.seat());
    if (job.isEmpty() || link.isEmpty()) {
      return;
    }
    try {
      Optional<AttemptInputs> found = inputs.of(job.get());
      if (found.isPresent()) {
        Offer message = message(job.get(), offer, found.get());
        // It may have taken so long that the offer has lapsed, or the worker has left.
        if (around.live.underWay(key)) {
          link.get().offer(message);
        }
      } else {
        var _ = endings.cancel(job.get(), "its book is gone");
      }
    } catch (RuntimeException e) {
      notOffered(offer, job.get(), e);
    }
  }

  private void notOffered(Effect.Offer offer, Job job, RuntimeException e) {
    if (Outage.retryAfter(e).isPresent()) {
      log.warn("no offer of job {} now: {}", job.id(), RootCause.of(e));
      around.live.run(s -> s.decline(offer.seat(), offer.attempt(), around.clock.instant()));
    } else {
      log.error("job {} cannot be offered", job.id(), e);
      endings.fail(job, "its inputs cannot be found");
    }
  }

  private Offer message(Job job, Effect.Offer wanted, AttemptInputs found) {
    AttemptKey key = wanted.attempt();
    KindRule rule = around.settings.kind(job.kind());
    Offer.Builder offer =
        Offer.newBuilder()
            .setId(
                AttemptId.newBuilder()
                    .setJob(key.job())
                    .setAttempt(key.attempt())
                    .setToken(key.token()))
            .setKind(job.kind())
            .setMediaType(job.mediaType())
            .setFileName(found.fileName())
            .setFirstChapter(job.firstChapter())
            .setLastChapter(job.lastChapter())
            .setLanguage(found.language())
            .setMemoryBytes(wanted.memoryBytes())
            .setSolo(wanted.solo())
            .setDeadlineMillis(rule.deadline(job).toMillis())
            .setStallMillis(rule.stall().toMillis())
            .setPayload(job.terms().payload());
    if (key.attempt() > 1) {
      offer.setCheckpoint(inputs.checkpoint(job));
    }
    for (int i = 0; i < found.blobs().size(); i++) {
      AttemptInputs.Piece piece = found.blobs().get(i);
      offer.addInputs(
          Input.newBuilder()
              .setKind(piece.kind())
              .setIndex(i)
              .setSizeBytes(piece.blob().sizeBytes())
              .setSha256(piece.blob().sha256().hex()));
    }
    return offer.build();
  }
}
