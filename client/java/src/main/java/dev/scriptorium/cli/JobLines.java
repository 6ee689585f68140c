package dev.scriptorium.cli;

import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Job;

/** Facts of a job, in words. */
final class JobLines {
  private JobLines() {}

  /** With the percentage while it runs. */
  static String state(Job job) {
    String state = Words.of(job.getState());
    return job.getState() == Job.State.STATE_RUNNING ? state + " " + job.getPercent() + "%" : state;
  }

  /** Why it failed, or what it does. */
  static String note(Job job) {
    return job.hasFailure() ? BookLines.failure(job.getFailure()) : job.getActivity();
  }

  /** How an attempt went, for example {@code crashed (OOM_HEAP)}. */
  static String ending(Attempt attempt) {
    String ending = attempt.getEndingValue() == 0 ? "running" : Words.of(attempt.getEnding());
    return attempt.getCause().isEmpty() ? ending : ending + " (" + attempt.getCause() + ")";
  }

  /** True when its result is applied. */
  static boolean succeeded(Job job) {
    return job.getState() == Job.State.STATE_SUCCEEDED;
  }
}
