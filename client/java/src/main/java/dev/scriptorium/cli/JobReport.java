package dev.scriptorium.cli;

import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** All that is known of a job, for people. */
final class JobReport {
  private final Shell shell;
  private final Job job;

  JobReport(Shell shell, Job job) {
    this.shell = shell;
    this.job = job;
  }

  /**
   * @param log also the ends of the runners' logs
   */
  void print(boolean log) {
    shell.out().println(JobLines.line(job));
    facts();
    attempts();
    if (log) {
      job.getAttemptsList().forEach(this::log);
    }
  }

  private void facts() {
    fact("Waits for", job.getWaitsFor());
    fact(
        "After",
        job.getAfterList().stream().map(JobName::number).collect(Collectors.joining(", ")));
    fact("Book", job.getBook());
    fact("Media type", job.getMediaType());
    fact("Priority", Integer.toString(job.getPriority()));
    fact("Key", job.getKey());
    fact("Created", Words.time(job.getCreateTime(), shell.zone()));
    if (job.hasRunTime()) {
      fact("Not before", Words.time(job.getRunTime(), shell.zone()));
    }
    if (job.hasEndTime()) {
      fact("Ended", Words.time(job.getEndTime(), shell.zone()));
    }
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      shell.out().println("  " + Cells.padded(name, 10) + "  " + Cells.clean(value));
    }
  }

  private void attempts() {
    Table table =
        new Table(
            ">TRY", "*WORKER", "STARTED", ">TOOK", "ENDING", ">MEMORY", ">CPU", "FAULT", "*NOTE");
    for (Attempt attempt : job.getAttemptsList()) {
      table.row(
          Integer.toString(attempt.getNumber()),
          attempt.getWorker(),
          Words.time(attempt.getStartTime(), shell.zone()),
          took(attempt),
          JobLines.ending(attempt),
          attempt.getPeakMemoryBytes() == 0 ? "-" : Words.memory(attempt.getPeakMemoryBytes()),
          attempt.getCpuMillis() == 0 ? "-" : Words.seconds(attempt.getCpuMillis()),
          attempt.getDependency().isEmpty() ? "-" : attempt.getDependency(),
          attempt.hasFailure() ? BookLines.failure(attempt.getFailure()) : "");
    }
    if (!table.isEmpty()) {
      shell.out().println();
      table.print(shell.out(), shell.terminal());
    }
  }

  private static String took(Attempt attempt) {
    return attempt.hasStartTime() && attempt.hasEndTime()
        ? Words.span(Duration.between(at(attempt.getStartTime()), at(attempt.getEndTime())))
        : "-";
  }

  private static Instant at(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private void log(Attempt attempt) {
    String head = "Log of attempt " + attempt.getNumber();
    shell.out().println();
    if (attempt.getLogTail().isBlank()) {
      shell.out().println(head + ": nothing was kept.");
      return;
    }
    shell.out().println(head + ":");
    Cells.cleanLines(attempt.getLogTail())
        .lines()
        .forEach(line -> shell.out().println("  " + line));
  }
}
