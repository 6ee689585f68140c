package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Outage;
import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.server.jobs.schedule.Decision;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.server.jobs.schedule.Scheduler;
import dev.scriptorium.v1.ErrorReason;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a group of starts and ends in one transaction and makes known what came of it. One bad
 * item does not fail the others. Used by one thread.
 */
final class GroupWriter {
  private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);

  private static final int MOST_TRIES = 5;

  /** Deadlock, serialization failure, lock not available, query cancelled by its timeout. */
  private static final Set<String> STATEMENT_STATES = Set.of("40P01", "40001", "55P03", "57014");

  private final Transactions transactions;
  private final OutcomeWriter writer;
  private final OutcomeStore store;
  private final LiveJobs live;
  private final InstantSource clock;
  private final long incarnation;
  private final Runnable answered;

  /**
   * @param answered told when all of a group have been answered
   */
  GroupWriter(
      Transactions transactions,
      OutcomeWriter writer,
      OutcomeStore store,
      LiveJobs live,
      InstantSource clock,
      long incarnation,
      Runnable answered) {
    this.transactions = transactions;
    this.writer = writer;
    this.store = store;
    this.live = live;
    this.clock = clock;
    this.incarnation = incarnation;
    this.answered = answered;
  }

  /**
   * Writes as much as can be written.
   *
   * @param tries how often that was tried before
   * @return what has to be tried again after a pause
   */
  List<Ledger.Item> write(List<Ledger.Item> group, int tries) {
    Group written = new Group(group);
    if (written.isEmpty()) {
      return List.of();
    }
    try {
      transactions.inTransaction(written::write);
    } catch (RuntimeException e) {
      written.settled.forEach(done -> done.settled().next().ifPresent(Enqueuer.Batch::abandoned));
      return failed(group, e, tries);
    }
    live.together(() -> written.settled.forEach(this::makeKnown));
    written.settled.forEach(GroupWriter::answer);
    answered.run();
    return List.of();
  }

  private List<Ledger.Item> failed(List<Ledger.Item> group, RuntimeException e, int tries) {
    if (mayHelp(e, tries)) {
      log.warn(
          "{} ends and starts of attempts wait for the database: {}",
          group.size(),
          RootCause.of(e));
      return group;
    }
    if (group.size() > 1) {
      // One of them is bad: it is found by halves.
      int half = group.size() / 2;
      List<Ledger.Item> again = new ArrayList<>(write(group.subList(0, half), tries));
      again.addAll(write(group.subList(half, group.size()), tries));
      return again;
    }
    return failedAlone(group.getFirst(), e);
  }

  // A database that is away comes back. A statement that never ends in time must not hold up the
  // others for ever.
  private static boolean mayHelp(RuntimeException e, int tries) {
    return e instanceof IncarnationDeadException
        || (Outage.retryAfter(e).isPresent() && (tries < MOST_TRIES || !isOfStatement(e)));
  }

  private static boolean isOfStatement(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && STATEMENT_STATES.contains(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private List<Ledger.Item> failedAlone(Ledger.Item item, RuntimeException e) {
    return switch (item) {
      case Ledger.Start start -> {
        log.error("start of {} could not be written", start.dispatch().attempt(), e);
        yield List.of();
      }
      case Ledger.Save save -> {
        log.error("checkpoint of {} could not be written", save.saved().attempt(), e);
        yield List.of();
      }
      case Ledger.End end when end.report().ending() == Ending.SUCCEEDED -> {
        log.error("result of job {} was refused at commit", end.report().job(), e);
        yield List.of(
            new Ledger.End(
                end.report()
                    .refused(
                        ErrorReason.ERROR_REASON_RESULT_INVALID,
                        "the result could not be applied",
                        false),
                end.answer()));
      }
      case Ledger.End end -> {
        log.error("end of job {} could not be written", end.report().job(), e);
        live.run(s -> s.notEnded(end.report().job()));
        yield List.of();
      }
    };
  }

  private void makeKnown(Done done) {
    OutcomeWriter.Settled settled = done.settled();
    Report report = settled.report();
    boolean stop = report.token() == null;
    live.run(
        s -> {
          learn(s, report);
          settled
              .decision()
              .ifPresentOrElse(
                  decision ->
                      s.end(
                          report.job(),
                          report.attempt(),
                          decision,
                          report.worker(),
                          stop,
                          clock.instant()),
                  () -> s.notEnded(report.job()));
          for (var fallen : settled.fallen()) {
            Decision failed = new Decision(Ending.FAILED, null);
            s.end(fallen.job(), fallen.attempt(), failed, "", true, clock.instant());
          }
        });
    settled.next().ifPresent(Enqueuer.Batch::committed);
  }

  // How long a job takes is told by those that came to their end.
  private static void learn(Scheduler scheduler, Report report) {
    long millis = report.ending() == Ending.SUCCEEDED ? report.usage().getElapsedMillis() : 0;
    long peak = report.usage().getPeakMemoryBytes();
    if (millis > 0 || peak > 0) {
      scheduler.learn(report.job(), peak, millis / 1000.0);
    }
  }

  private static void answer(Done done) {
    try {
      done.end().answer().accept(done.settled().verdict());
    } catch (RuntimeException e) {
      // Whoever asked is gone; it asks again when it is back. The others must not suffer.
      log.warn("nobody hears of {}", done.end().report().job(), e);
    }
  }

  private record Done(Ledger.End end, OutcomeWriter.Settled settled) {}

  /** What is written in one transaction. */
  private final class Group {
    final List<Done> settled = new ArrayList<>();
    private final List<Ledger.End> ends;
    private final List<Dispatch> starts;

    // The last one of every attempt.
    private final Map<AttemptRef, Saved> saves = new LinkedHashMap<>();

    Group(List<Ledger.Item> items) {
      ends =
          items.stream().filter(Ledger.End.class::isInstance).map(Ledger.End.class::cast).toList();
      Set<AttemptRef> ending = new HashSet<>();
      ends.forEach(end -> ending.add(end.report().ref()));
      List<Dispatch> started = new ArrayList<>();
      for (Ledger.Item item : items) {
        if (item instanceof Ledger.Start start && !ending.contains(start.dispatch().ref())) {
          started.add(start.dispatch());
        } else if (item instanceof Ledger.Save save) {
          saves.put(save.saved().attempt(), save.saved());
        }
      }
      starts = underWay(started);
    }

    // The start of an attempt that has ended is of no use to anybody.
    private List<Dispatch> underWay(List<Dispatch> started) {
      return started.isEmpty()
          ? started
          : live.look(s -> started.stream().filter(d -> s.underWay(d.attempt())).toList());
    }

    boolean isEmpty() {
      return ends.isEmpty() && starts.isEmpty() && saves.isEmpty();
    }

    boolean write(Handle handle) {
      if (ends.isEmpty()) {
        // To lose it costs at worst one more start of the attempt, which the fence sorts out, or
        // some work done again.
        transactions.mayBeLost(handle);
      }
      List<OutcomeWriter.Settled> outcomes =
          writer.write(handle, ends.stream().map(Ledger.End::report).toList());
      for (int i = 0; i < outcomes.size(); i++) {
        settled.add(new Done(ends.get(i), outcomes.get(i)));
      }
      if (!starts.isEmpty()) {
        store.insertDispatches(handle, incarnation, starts);
      }
      if (!saves.isEmpty()) {
        store.insertCheckpoints(handle, List.copyOf(saves.values()));
      }
      return true;
    }
  }
}
