package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.ListJobsRequest;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists jobs; its subcommands work on jobs and on the queue. */
@Command(
    name = "jobs",
    description = "Lists jobs, newest first; its subcommands work on jobs and on the queue.",
    customSynopsis = {
      "scriptorium jobs [OPTIONS] [BOOK]",
      "       scriptorium jobs show|watch|cancel|retry JOB",
      "       scriptorium jobs queue|dead|submit|schedule [OPTIONS]",
      "       scriptorium jobs pause|resume|limit KIND"
    },
    footer = {"", "JOB is a job's number, with or without 'jobs/'."})
final class JobsCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(arity = "0..1", paramLabel = "BOOK", description = Help.BOOK + " All by default.")
  private @Nullable String wanted;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable State state;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N jobs. ${DEFAULT-VALUE} by default.")
  private int limit = 50;

  private JobsCommand(Shell shell) {
    this.shell = shell;
  }

  static CommandLine tree(Shell shell) {
    JobsCommand jobs = new JobsCommand(shell);
    return new CommandLine(jobs)
        .addSubcommand(new JobActions.Show(shell, jobs.common))
        .addSubcommand(new JobActions.Watch(shell, jobs.common))
        .addSubcommand(new JobActions.Cancel(shell, jobs.common))
        .addSubcommand(new RetryCommand(shell, jobs.common))
        .addSubcommand(new DeadCommand(shell, jobs.common))
        .addSubcommand(new QueueCommand(shell, InstantSource.system(), jobs.common))
        .addSubcommand(new SubmitCommand(shell, InstantSource.system(), jobs.common))
        .addSubcommand(new KindActions.Pause(shell, jobs.common))
        .addSubcommand(new KindActions.Resume(shell, jobs.common))
        .addSubcommand(new KindActions.Limit(shell, jobs.common))
        .addSubcommand(ScheduleCommand.tree(shell, jobs.common));
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell);
        Stream<Job> jobs = client.jobs().list(request(client)).limit(Math.max(0, limit))) {
      if (common.json()) {
        jobs.forEach(job -> shell.out().println(ProtoJson.line(ProtoJson.of(job))));
      } else {
        print(jobs);
      }
    }
    return 0;
  }

  private ListJobsRequest request(ScriptoriumClient client) {
    ListJobsRequest.Builder request =
        ListJobsRequest.newBuilder().setPageSize(Math.clamp(limit, 1, 200));
    if (wanted != null) {
      request.setBook(new BookFinder(client).nameOf(wanted));
    }
    if (state != null) {
      request.setState(state.wire);
    }
    return request.build();
  }

  private void print(Stream<Job> jobs) {
    Table table = new Table(">JOB", "KIND", "BOOK", "STATE", ">TRIES", "CREATED", "*NOTE");
    jobs.forEach(
        job ->
            table.row(
                JobName.number(job.getName()),
                job.getKind(),
                Words.shortId(job.getBook()),
                JobLines.state(job),
                Integer.toString(job.getAttemptsCount()),
                Words.time(job.getCreateTime(), shell.zone()),
                JobLines.note(job)));
    if (table.isEmpty()) {
      shell.err().println("No jobs.");
    } else {
      table.print(shell.out(), shell.terminal());
    }
  }

  /** States by the names a user types. */
  enum State {
    blocked(Job.State.STATE_BLOCKED),
    waiting(Job.State.STATE_WAITING),
    running(Job.State.STATE_RUNNING),
    succeeded(Job.State.STATE_SUCCEEDED),
    failed(Job.State.STATE_FAILED),
    cancelled(Job.State.STATE_CANCELLED),
    quarantined(Job.State.STATE_QUARANTINED);

    private final Job.State wire;

    State(Job.State wire) {
      this.wire = wire;
    }
  }
}
