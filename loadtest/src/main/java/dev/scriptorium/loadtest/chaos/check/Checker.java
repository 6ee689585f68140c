package dev.scriptorium.loadtest.chaos.check;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.scriptorium.loadtest.chaos.check.Records.JobRow;
import dev.scriptorium.loadtest.chaos.check.Records.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what clients were told, what runners did and what the ledger says. One instance a set of
 * records.
 *
 * <p>What the records cannot show is checked elsewhere:
 *
 * <ul>
 *   <li>I5, in part: a reservation is not recorded, so here nobody may die of the kernel's want of
 *       memory; that reservations stay within the budget is the simulation's to check.
 *   <li>I7: all jobs of a run have one owner; shares of owners are checked in the scheduler's tests
 *       and in the simulation.
 *   <li>I9: whether a successor was ready before a planned replacement is seen in {@code RecycleIT}
 *       alone; an honest job that such a replacement kills is a violation of I6 here.
 *   <li>I11, in part: claims, files, runners and connections; not descriptors and memory, for
 *       hardly a process lives through a run.
 * </ul>
 */
public final class Checker {
  private static final long QUIET_BOUND_MILLIS = 60_000;
  private static final double IDLE_STATEMENTS_PER_SECOND = 2;

  private final Records records;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Intent> intents = new HashMap<>();
  private final Map<Long, JobRow> jobs = new TreeMap<>();
  private final Map<Long, List<Outcome>> outcomes = new HashMap<>();

  private Checker(Records records) {
    this.records = records;
    for (Submission submission : records.submissions()) {
      submission.intents().forEach(intent -> intents.put(intent.name(), intent));
    }
    records.jobs().forEach(job -> jobs.put(job.id(), job));
    records
        .outcomes()
        .forEach(o -> outcomes.computeIfAbsent(o.job(), _ -> new ArrayList<>()).add(o));
  }

  /** Every violation there is, by invariant. */
  public static List<Violation> check(Records records) {
    Checker checker = new Checker(records);
    checker.acknowledged();
    checker.intended();
    checker.ended();
    checker.effects();
    checker.attempts();
    checker.tokens();
    checker.quiet();
    checker.violations.addAll(new HarmCheck(records, checker.intents, checker.outcomes).run());
    checker.violations.addAll(new KeyCheck(records, checker.intents).run());
    checker.violations.addAll(new ProgressCheck(records, checker.intents).run());
    return checker.violations.stream()
        .sorted(Comparator.comparingInt(v -> Integer.parseInt(v.invariant().substring(1))))
        .toList();
  }

  /** What a client was told is there, and is told again when it asks again. */
  private void acknowledged() {
    Map<String, List<Intent>> wanted = new HashMap<>();
    Map<String, List<Long>> told = new HashMap<>();
    for (Submission line : records.submissions()) {
      switch (line.event()) {
        case "intended" -> wanted.put(line.request(), line.intents());
        case "acked" -> {
          List<Long> before = told.putIfAbsent(line.request(), line.jobs());
          if (before != null && !before.equals(line.jobs())) {
            broken("I1", "request %s was told %s, then %s", line.request(), before, line.jobs());
          }
          match(line, wanted.getOrDefault(line.request(), List.of()));
        }
        default -> {}
      }
    }
    wanted.forEach(
        (request, _) -> {
          if (!told.containsKey(request)) {
            broken("I1", "request %s never got an answer", request);
          }
        });
  }

  private void match(Submission acked, List<Intent> wanted) {
    if (acked.jobs().size() != wanted.size()) {
      broken(
          "I1",
          "request %s wanted %d jobs and was told %d",
          acked.request(),
          wanted.size(),
          acked.jobs().size());
      return;
    }
    for (int i = 0; i < wanted.size(); i++) {
      JobRow job = jobs.get(acked.jobs().get(i));
      if (job == null) {
        broken("I1", "acknowledged job %d is lost", acked.jobs().get(i));
      } else if (!job.intent().equals(wanted.get(i).name())) {
        broken("I1", "job %d is %s, not %s", job.id(), job.intent(), wanted.get(i).name());
      }
    }
  }

  /** Every job was wanted, once. */
  private void intended() {
    Map<String, Long> first = new HashMap<>();
    for (JobRow job : jobs.values()) {
      Long other = first.putIfAbsent(job.intent(), job.id());
      if (other != null) {
        broken("I2", "%s was wanted once and is job %d and job %d", job.intent(), other, job.id());
      }
      if (!intents.containsKey(job.intent())) {
        broken("I1", "nobody wanted job %d, %s", job.id(), job.intent());
      }
    }
  }

  private void ended() {
    for (JobRow job : jobs.values()) {
      List<Outcome> all = outcomes.getOrDefault(job.id(), List.of());
      List<Outcome> last = all.stream().filter(Outcome::last).toList();
      if (last.size() != 1) {
        broken("I1", "job %d has %d final outcomes", job.id(), last.size());
        continue;
      }
      Intent intent = intents.get(job.intent());
      if (intent != null && !intent.endings().contains(last.getFirst().ending())) {
        broken(
            intent.honest() ? "I1" : "I6",
            "job %d, %s, ended %s %s %s instead of %s",
            job.id(),
            job.kind(),
            last.getFirst().ending(),
            last.getFirst().cause(),
            last.getFirst().reason(),
            intent.endings());
      }
    }
    long wait = records.quiet().quietMillis() - records.quiet().faultsEndMillis();
    if (wait > QUIET_BOUND_MILLIS || records.quiet().unfinished() > 0) {
      broken(
          "I1",
          "%d jobs were unfinished %d ms after the last fault",
          records.quiet().unfinished(),
          wait);
    }
  }

  /** A job that succeeded has one result, made by the attempt that won; others have none. */
  private void effects() {
    Set<String> ends = new HashSet<>();
    records.executions().stream()
        .filter(e -> e.event().equals("end"))
        .forEach(e -> ends.add(e.job() + "/" + e.attempt()));
    Map<String, Long> results = new HashMap<>();
    for (Outcome outcome : records.outcomes()) {
      boolean good = outcome.ending().equals("SUCCEEDED");
      if (good != !outcome.result().isEmpty()) {
        broken(
            "I2",
            "attempt %d/%d ended %s with the result '%s'",
            outcome.job(),
            outcome.attempt(),
            outcome.ending(),
            outcome.result());
      }
      if (!good) {
        continue;
      }
      if (!ends.contains(outcome.job() + "/" + outcome.attempt())) {
        broken(
            "I2",
            "attempt %d/%d succeeded and no runner has finished it",
            outcome.job(),
            outcome.attempt());
      }
      Long other = results.putIfAbsent(outcome.result(), outcome.job());
      if (other != null) {
        broken("I2", "jobs %d and %d have the same result", other, outcome.job());
      }
    }
  }

  private void attempts() {
    outcomes.forEach(
        (job, all) -> {
          for (int i = 0; i < all.size(); i++) {
            Outcome outcome = all.get(i);
            if (outcome.attempt() != i + 1) {
              broken("I3", "attempt %d/%d stands at place %d", job, outcome.attempt(), i + 1);
            }
            if (outcome.last() && i < all.size() - 1) {
              broken("I3", "attempt %d/%d was final, and another follows", job, outcome.attempt());
            }
          }
          long good = all.stream().filter(o -> o.ending().equals("SUCCEEDED")).count();
          if (good > 1) {
            broken("I2", "job %d has succeeded %d times", job, good);
          }
        });
  }

  /** Who was believed is who was sent. */
  private void tokens() {
    Map<String, String> sent = new HashMap<>();
    records.dispatches().forEach(d -> sent.put(d.job() + "/" + d.attempt(), d.token()));
    for (Outcome outcome : records.outcomes()) {
      String key = outcome.job() + "/" + outcome.attempt();
      String token = sent.get(key);
      if (token != null && !outcome.token().isEmpty() && !token.equals(outcome.token())) {
        broken("I4", "attempt %s was given to one and ended by another", key);
      }
    }
  }

  private void quiet() {
    Records.Quiet quiet = records.quiet();
    quiet.leftOvers().forEach(left -> broken("I11", "left over: %s", left));
    for (Records.Dispatch claim : records.dispatches()) {
      boolean over =
          outcomes.getOrDefault(claim.job(), List.of()).stream()
              .anyMatch(outcome -> outcome.attempt() == claim.attempt());
      if (!over) {
        broken("I11", "attempt %d/%d was begun and never ended", claim.job(), claim.attempt());
      }
    }
    double each = quiet.statementsPerSecond() / quiet.servers();
    if (each >= IDLE_STATEMENTS_PER_SECOND) {
      broken("I13", "%.1f statements a second and server with nothing to do", each);
    }
    if (quiet.notifications() > 0) {
      broken("I13", "%d notifications with nothing to do", quiet.notifications());
    }
  }

  @FormatMethod
  private void broken(String invariant, @FormatString String message, Object... values) {
    violations.add(new Violation(invariant, message.formatted(values)));
  }
}
