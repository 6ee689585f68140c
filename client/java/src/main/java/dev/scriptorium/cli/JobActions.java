package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Job;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What can be done with one job. */
abstract sealed class JobActions implements Callable<Integer> {
  private final Shell shell;
  private final Common parent;
  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "JOB", description = "Number of the job.")
  private String wanted = "";

  private JobActions(Shell shell, Common parent) {
    this.shell = shell;
    this.parent = parent;
  }

  /** Works on the job and gives the exit code. */
  abstract int act(ScriptoriumClient client, String name);

  @Override
  public Integer call() {
    common.inherit(parent);
    String number = wanted.startsWith("jobs/") ? wanted.substring("jobs/".length()) : wanted;
    if (!number.matches("\\d{1,19}")) {
      throw new CliException(
          2, "'" + wanted + "' is not the number of a job; see 'scriptorium jobs'");
    }
    try (ScriptoriumClient client = common.connect(shell)) {
      return act(client, "jobs/" + number);
    }
  }

  /** One line, or one JSON object. */
  final void printLine(Job job) {
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(job)));
      return;
    }
    String note = Cells.clean(JobLines.note(job));
    String kind = Cells.clean(job.getKind());
    String head = BookLines.ordinal(job.getName()) + "  " + kind + "  " + JobLines.state(job);
    shell.out().println(note.isEmpty() ? head : head + "  " + note);
  }

  final void printAll(Job job) {
    printLine(job);
    if (common.json()) {
      return;
    }
    Table table = new Table(">TRY", "WORKER", "STARTED", "ENDING", ">MEMORY", ">CPU", "*NOTE");
    for (Attempt attempt : job.getAttemptsList()) {
      table.row(
          Integer.toString(attempt.getNumber()),
          attempt.getWorker(),
          Words.time(attempt.getStartTime(), shell.zone()),
          JobLines.ending(attempt),
          Words.size(attempt.getPeakMemoryBytes()),
          Words.seconds(attempt.getCpuMillis()),
          attempt.hasFailure() ? BookLines.failure(attempt.getFailure()) : "");
    }
    if (!table.isEmpty()) {
      table.print(shell.out(), shell.terminal());
    }
  }

  /** Shows a job and its attempts. */
  @Command(name = "show", description = "Shows a job and its attempts.")
  static final class Show extends JobActions {
    Show(Shell shell, Common parent) {
      super(shell, parent);
    }

    @Override
    int act(ScriptoriumClient client, String name) {
      printAll(client.getJob(name));
      return 0;
    }
  }

  /** Follows a job. */
  @Command(name = "watch", description = "Follows a job; ends with 1 when it does not succeed.")
  static final class Watch extends JobActions {
    private Job last = Job.getDefaultInstance();

    Watch(Shell shell, Common parent) {
      super(shell, parent);
    }

    @Override
    int act(ScriptoriumClient client, String name) {
      client.watchJob(
          name,
          update -> {
            last = update.getJob();
            printLine(last);
          });
      return JobLines.succeeded(last) ? 0 : 1;
    }
  }

  /** Stops a job. */
  @Command(name = "cancel", description = "Stops a job that has not ended.")
  static final class Cancel extends JobActions {
    Cancel(Shell shell, Common parent) {
      super(shell, parent);
    }

    @Override
    int act(ScriptoriumClient client, String name) {
      printLine(client.cancelJob(name));
      return 0;
    }
  }

  /** Tries a job again. */
  @Command(
      name = "retry",
      description = "Starts a new job like one that failed, was cancelled or is quarantined.")
  static final class Retry extends JobActions {
    Retry(Shell shell, Common parent) {
      super(shell, parent);
    }

    @Override
    int act(ScriptoriumClient client, String name) {
      printLine(client.retryJob(name));
      return 0;
    }
  }
}
