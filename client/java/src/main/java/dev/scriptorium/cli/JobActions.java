package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be done with one job. */
abstract sealed class JobActions extends Subcommand {
  @Parameters(paramLabel = "JOB", description = "Number of the job.")
  private String wanted = "";

  private JobActions(Shell shell, Common jobs) {
    super(shell, jobs);
  }

  @Override
  void check() {
    name();
  }

  /** {@code jobs/{job}}. */
  final String name() {
    return JobName.parse(wanted);
  }

  /** One line, or one JSON object. */
  final void printLine(Job job) {
    if (json()) {
      printJson(job);
    } else {
      print(JobLines.line(job));
    }
  }

  /** Shows a job and its attempts. */
  @Command(
      name = "show",
      description =
          "Shows a job and its attempts: what it waits for, how each attempt ended, and what it"
              + " took.",
      footer = {
        "",
        "FAULT is the dependency that an attempt blamed; such attempts open its breaker, see"
            + " 'scriptorium jobs queue'."
      })
  static final class Show extends JobActions {
    @Option(names = "--log", description = "Also the end of the runner's log of every attempt.")
    private boolean log;

    Show(Shell shell, Common jobs) {
      super(shell, jobs);
    }

    @Override
    int act(ScriptoriumClient client) {
      Job job = client.jobs().get(name());
      if (json()) {
        printJson(job);
      } else {
        new JobReport(shell(), job).print(log);
      }
      return 0;
    }
  }

  /** Follows a job. */
  @Command(name = "watch", description = "Follows a job; ends with 1 when it does not succeed.")
  static final class Watch extends JobActions {
    private Job last = Job.getDefaultInstance();

    Watch(Shell shell, Common jobs) {
      super(shell, jobs);
    }

    @Override
    int act(ScriptoriumClient client) {
      client
          .jobs()
          .watch(
              name(),
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
    Cancel(Shell shell, Common jobs) {
      super(shell, jobs);
    }

    @Override
    int act(ScriptoriumClient client) {
      printLine(client.jobs().cancel(name()));
      return 0;
    }
  }
}
