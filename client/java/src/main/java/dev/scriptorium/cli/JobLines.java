package dev.scriptorium.cli;

import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Job;

/** Facts of a job, in words. */
final class JobLines {
  private JobLines() {}

  /** For example {@code 8 parse running 40% chapter 12 of 40}. */
  static String line(Job job) {
    String kind = Cells.clean(job.getKind());
    String note = Cells.clean(note(job));
    String head = JobName.number(job.getName()) + "  " + kind + "  " + state(job);
    return note.isEmpty() ? head : head + "  " + note;
  }

  /** With the percentage while it runs. */
  static String state(Job job) {
    String state = Words.of(job.getState());
    return job.getState() == Job.State.STATE_RUNNING ? state + " " + job.getPercent() + "%" : state;
  }

  /** Why it failed, what it waits for, or what it does. */
  static String note(Job job) {
    if (job.hasFailure()) {
      return BookLines.failure(job.getFailure());
    }
    return job.getWaitsFor().isEmpty() ? job.getActivity() : "waits: " + job.getWaitsFor();
  }

  /** How an attempt went, for example {@code crashed (OOM_HEAP)}. */
  static String ending(Attempt attempt) {
    String ending = attempt.getEndingValue() == 0 ? "running" : Words.of(attempt.getEnding());
    return attempt.getCause().isEmpty() ? ending : ending + " (" + attempt.getCause() + ")";
  }

  /** What ended its last attempt, for example {@code OOM_HEAP}, else the failure's reason. */
  static String cause(Job job) {
    String last = "";
    for (Attempt attempt : job.getAttemptsList()) {
      last = attempt.getCause();
    }
    return last.isEmpty()
        ? ProtoJson.name(job.getFailure().getReason().getValueDescriptor())
        : last;
  }

  /** True when its result is applied. */
  static boolean succeeded(Job job) {
    return job.getState() == Job.State.STATE_SUCCEEDED;
  }
}
