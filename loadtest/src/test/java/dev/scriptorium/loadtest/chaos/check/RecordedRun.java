package dev.scriptorium.loadtest.chaos.check;

import dev.scriptorium.loadtest.chaos.check.Records.Dispatch;
import dev.scriptorium.loadtest.chaos.check.Records.Execution;
import dev.scriptorium.loadtest.chaos.check.Records.JobRow;
import dev.scriptorium.loadtest.chaos.check.Records.Outcome;
import dev.scriptorium.loadtest.chaos.check.Records.Quiet;
import java.util.ArrayList;
import java.util.List;

/** Records written by hand. Every job takes a second, one after the other. */
final class RecordedRun {
  private final List<Submission> submissions = new ArrayList<>();
  private final List<Execution> executions = new ArrayList<>();
  private final List<JobRow> jobs = new ArrayList<>();
  private final List<Dispatch> dispatches = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private Quiet quiet = new Quiet(0, 10, 0, 1, 0, 1, 2, List.of());
  private long now = 1_000;

  /** Wants a job, and is told its number. */
  RecordedRun acked(Intent intent, long job) {
    return wanted(intent).told("r-" + intent.name(), job).row(intent.name(), intent.kind(), job);
  }

  /** Wants a job. */
  RecordedRun wanted(Intent intent) {
    submissions.add(
        new Submission("intended", now, "r-" + intent.name(), "", List.of(intent), List.of(), ""));
    return this;
  }

  /** An answer. */
  RecordedRun told(String request, long job) {
    submissions.add(new Submission("acked", now, request, "s", List.of(), List.of(job), ""));
    return this;
  }

  /** A row of the ledger. */
  RecordedRun row(String intent, String kind, long job) {
    jobs.add(new JobRow(job, kind, "intent=" + intent + ";steps=1", now));
    return this;
  }

  /** A row of the ledger that is not there any more. */
  RecordedRun lost(long job) {
    jobs.removeIf(row -> row.id() == job);
    return this;
  }

  /** An attempt that begins, runs in some process, and ends. */
  RecordedRun attempt(Intent intent, long job, int attempt, String ending, String cause) {
    boolean good = ending.equals("SUCCEEDED");
    begun(intent, job, attempt);
    now += 1_000;
    if (good) {
      executed("end", intent, job, attempt, 1);
    }
    boolean last = good || ending.equals("FAILED") || ending.equals("QUARANTINED");
    return ended(job, attempt, ending, cause, last, "t" + attempt);
  }

  /** An attempt that begins. */
  RecordedRun begun(Intent intent, long job, int attempt) {
    dispatches.add(new Dispatch(job, attempt, "t" + attempt, "w", 0, now));
    return executed("start", intent, job, attempt, 0);
  }

  /** A line of a runner. */
  RecordedRun executed(String event, Intent intent, long job, int attempt, int step) {
    executions.add(
        new Execution(event, job, attempt, intent.name(), intent.kind(), step, job * 10, now));
    return this;
  }

  /** A row of the ledger. */
  RecordedRun ended(
      long job, int attempt, String ending, String cause, boolean last, String token) {
    String result = ending.equals("SUCCEEDED") ? "result of " + job : "";
    outcomes.add(new Outcome(job, attempt, ending, last, token, "w", cause, "", result, now));
    return this;
  }

  /** A killed runner. */
  RecordedRun killed(long pid) {
    return killed("kill-runner", pid);
  }

  /** A process that was killed, as this kind of fault. */
  RecordedRun killed(String kind, long pid) {
    faults.add(new Fault(kind, "w", now, now, List.of(pid), List.of()));
    return this;
  }

  /** A fault that lasts. */
  RecordedRun fault(String kind, long from, long until) {
    faults.add(new Fault(kind, "", from, until, List.of(), List.of()));
    return this;
  }

  /** Sets the clock of the runners. */
  RecordedRun at(long millis) {
    now = millis;
    return this;
  }

  /** How the system was at the end. */
  RecordedRun quiet(Quiet found) {
    quiet = found;
    return this;
  }

  /** All of it. */
  Records records() {
    return new Records(submissions, executions, jobs, dispatches, outcomes, faults, quiet);
  }

  /** Invariants that are broken, each once. */
  List<String> broken() {
    return Checker.check(records()).stream().map(Violation::invariant).distinct().toList();
  }
}
