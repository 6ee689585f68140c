package dev.scriptorium.server.jobs;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.database.Outage;
import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.server.jobs.schedule.Decision;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.server.jobs.schedule.Scheduler;
import dev.scriptorium.server.jobs.schedule.Standing;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the end of an attempt with all that hangs on it: the outcome, the result's effect, the
 * jobs that follow, the fall of those that waited. Used inside a transaction; thread-safe.
 */
final class OutcomeWriter {
  private static final Logger log = LoggerFactory.getLogger(OutcomeWriter.class);

  private final Transactions transactions;
  private final OutcomeStore store;
  private final LiveJobs live;
  private final Intake intake;
  private final Map<String, ResultApplier> appliers;
  private final BlobStore blobs;
  private final InstantSource clock;
  private final long incarnation;

  OutcomeWriter(
      Transactions transactions,
      OutcomeStore store,
      LiveJobs live,
      Intake intake,
      Map<String, ResultApplier> appliers,
      BlobStore blobs,
      InstantSource clock,
      long incarnation) {
    this.transactions = transactions;
    this.store = store;
    this.live = live;
    this.intake = intake;
    this.appliers = Map.copyOf(appliers);
    this.blobs = blobs;
    this.clock = clock;
    this.incarnation = incarnation;
  }

  /**
   * Writes reports; a result that breaks a rule makes it a failure.
   *
   * @return what came of each, in their order
   */
  List<Settled> write(Handle handle, List<Report> reports) {
    Map<Integer, Settled> settled = new HashMap<>();
    Map<Integer, Outcome> plain = plain(reports);
    Set<AttemptRef> won =
        plain.isEmpty() ? Set.of() : store.insert(handle, incarnation, List.copyOf(plain.values()));
    plain.forEach(
        (at, outcome) -> {
          Report report = outcome.report();
          settled.put(
              at,
              won.contains(report.ref())
                  ? settled(report, outcome.decision(), List.of(), Optional.empty())
                  : alreadyEnded(handle, report));
        });
    List<Settled> all = new ArrayList<>(reports.size());
    for (int at = 0; at < reports.size(); at++) {
      Settled done = settled.get(at);
      all.add(done == null ? write(handle, reports.get(at)) : done);
    }
    return all;
  }

  // Those of which nothing hangs on the end but the outcome itself, by their place.
  private Map<Integer, Outcome> plain(List<Report> reports) {
    Instant now = clock.instant();
    Map<Integer, Outcome> plain = new LinkedHashMap<>();
    Set<AttemptRef> seen = new HashSet<>();
    live.look(
        s -> {
          for (int at = 0; at < reports.size(); at++) {
            Report report = reports.get(at);
            if (seen.add(report.ref()) && mayBePlain(report)) {
              int place = at;
              decide(s, report, now)
                  .filter(decision -> isPlain(report, decision))
                  .ifPresent(decision -> plain.put(place, new Outcome(report, decision, now)));
            }
          }
          return plain;
        });
    return plain;
  }

  private boolean mayBePlain(Report report) {
    return report.ending() == Ending.SUCCEEDED
        ? live.find(report.job())
            .filter(job -> applier(job).isEmpty() && job.terms().uniqueKey().isEmpty())
            .isPresent()
        : report.ending() != Ending.CANCELLED;
  }

  // What is last and has not succeeded lets others fall.
  private static boolean isPlain(Report report, Decision decision) {
    return report.ending() == Ending.SUCCEEDED || !decision.last();
  }

  private static Optional<Decision> decide(Scheduler scheduler, Report report, Instant now) {
    return scheduler.decide(
        report.job(),
        report.attempt(),
        report.token(),
        report.ending(),
        report.retryable(),
        report.details().dependency(),
        now);
  }

  private Settled write(Handle handle, Report report) {
    transactions.mark(handle);
    try {
      Settled settled = compete(handle, report);
      transactions.unmark(handle);
      return settled;
    } catch (ResultInvalidException | InvalidProtocolBufferException e) {
      return refuse(handle, report, ErrorReason.ERROR_REASON_RESULT_INVALID, e, false);
    } catch (IOException e) {
      log.error("result of job {} cannot be read", report.job(), e);
      return refuse(handle, report, ErrorReason.ERROR_REASON_INTERNAL, e, true);
    } catch (RuntimeException e) {
      if (isTransient(e) || report.ending() != Ending.SUCCEEDED) {
        throw e;
      }
      log.error("result of job {} cannot be applied", report.job(), e);
      return refuse(handle, report, reasonOf(e), e, false);
    }
  }

  private static boolean isTransient(RuntimeException e) {
    return e instanceof IncarnationDeadException || Outage.retryAfter(e).isPresent();
  }

  // Data that the database refuses came with the result; anything else is a defect of ours.
  private static ErrorReason reasonOf(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23"))) {
        return ErrorReason.ERROR_REASON_RESULT_INVALID;
      }
    }
    return ErrorReason.ERROR_REASON_INTERNAL;
  }

  private Settled refuse(
      Handle handle, Report report, ErrorReason reason, Exception why, boolean again) {
    transactions.backToMark(handle);
    String message =
        reason == ErrorReason.ERROR_REASON_INTERNAL
            ? "the result could not be applied"
            : "the result breaks a rule: " + why.getMessage();
    try {
      return compete(handle, report.refused(reason, Texts.bounded(message, Texts.MESSAGE), again));
    } catch (IOException | ResultInvalidException e) {
      throw new IllegalStateException("a failure has no result to apply", e);
    }
  }

  private Settled compete(Handle handle, Report report) throws IOException, ResultInvalidException {
    Instant now = clock.instant();
    Optional<Decision> decision = live.look(s -> decide(s, report, now));
    if (decision.isEmpty()) {
      return alreadyEnded(handle, report);
    }
    if (store
        .insert(handle, incarnation, List.of(new Outcome(report, decision.get(), now)))
        .isEmpty()) {
      return alreadyEnded(handle, report);
    }
    return won(handle, report, decision.get(), now);
  }

  private Settled alreadyEnded(Handle handle, Report report) {
    Optional<OutcomeStore.Stored> stored = store.find(handle, report.job(), report.attempt());
    boolean own =
        report.token() != null
            && stored.map(OutcomeStore.Stored::token).filter(report.token()::equals).isPresent();
    return new Settled(
        report,
        own ? Verdict.RECORDED : Verdict.FENCED,
        stored.map(OutcomeStore.Stored::decision),
        List.of(),
        Optional.empty());
  }

  private Settled won(Handle handle, Report report, Decision decision, Instant now)
      throws IOException, ResultInvalidException {
    Optional<Job> job = live.find(report.job());
    if (!decision.last() || job.isEmpty()) {
      return settled(report, decision, List.of(), Optional.empty());
    }
    releaseKey(handle, job.get());
    if (decision.ending() == Ending.SUCCEEDED) {
      return settled(report, decision, List.of(), apply(handle, job.get(), report));
    }
    Failure failure = Failures.last(report, decision);
    applier(job.get()).ifPresent(applier -> applier.failed(handle, job.get(), failure));
    return settled(report, decision, fell(handle, job.get(), now), Optional.empty());
  }

  private static Settled settled(
      Report report, Decision decision, List<Standing> fallen, Optional<Enqueuer.Batch> next) {
    return new Settled(report, Verdict.RECORDED, Optional.of(decision), fallen, next);
  }

  private void releaseKey(Handle handle, Job job) {
    if (!job.terms().uniqueKey().isEmpty()) {
      store.releaseKey(handle, job);
    }
  }

  private Optional<ResultApplier> applier(Job job) {
    return Optional.ofNullable(appliers.get(job.kind()));
  }

  private Optional<Enqueuer.Batch> apply(Handle handle, Job job, Report report)
      throws IOException, ResultInvalidException {
    Optional<ResultApplier> applier = applier(job);
    if (applier.isEmpty()) {
      return Optional.empty();
    }
    StoredBlob result = report.result();
    if (result == null) {
      throw new ResultInvalidException("a job of the kind " + job.kind() + " has a result");
    }
    StoredBlob pack = report.pack();
    if (pack != null && !blobs.exists(pack.sha256())) {
      throw new ResultInvalidException("pack " + pack.sha256() + " was not uploaded");
    }
    try (InputStream bytes = blobs.open(result.sha256())) {
      List<NewJob> next = applier.get().succeeded(handle, job, bytes, pack);
      return Optional.of(intake.enqueueSuccessors(handle, next));
    }
  }

  private List<Standing> fell(Handle handle, Job job, Instant now) {
    List<Standing> waiting =
        live.look(s -> s.dependants(job.id()).stream().flatMap(id -> s.look(id).stream()).toList());
    if (waiting.isEmpty()) {
      return waiting;
    }
    Map<Long, Integer> attempts = new LinkedHashMap<>();
    waiting.forEach(standing -> attempts.put(standing.job(), standing.attempt()));
    Failure failure = Failures.dependency(job.id());
    Set<Long> fallen = store.insertFallen(handle, attempts, failure.getMessage(), now);
    for (long id : fallen) {
      live.find(id)
          .ifPresent(
              next -> {
                releaseKey(handle, next);
                applier(next).ifPresent(applier -> applier.failed(handle, next, failure));
              });
    }
    return waiting;
  }

  /**
   * What was written, to be made known once the transaction has committed.
   *
   * @param decision what follows the attempt; empty when nothing is stored of it
   * @param fallen jobs that failed because this one did
   * @param next jobs that follow from the result
   */
  record Settled(
      Report report,
      Verdict verdict,
      Optional<Decision> decision,
      List<Standing> fallen,
      Optional<Enqueuer.Batch> next) {}
}
