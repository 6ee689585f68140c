package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Job;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what has failed for good. */
@Command(
    name = "dead",
    description = "Lists the jobs that have failed for good or are quarantined, with the cause.",
    footer = {
      "",
      "They stay until somebody looks: 'scriptorium jobs show JOB --log' tells more of one,",
      "'scriptorium jobs retry' does them again. A job that was done again stays in this list."
    })
final class DeadCommand extends Subcommand {
  @Mixin private final DeadJobs dead = new DeadJobs();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N jobs. ${DEFAULT-VALUE} by default.")
  private int limit = 50;

  DeadCommand(Shell shell, Common jobs) {
    super(shell, jobs);
  }

  @Override
  int act(ScriptoriumClient client) {
    List<Job> found = dead.find(client, Math.max(0, limit));
    if (json()) {
      found.forEach(this::printJson);
    } else if (found.isEmpty()) {
      shell().err().println("No dead jobs.");
    } else {
      print(table(found));
    }
    return 0;
  }

  private Table table(List<Job> found) {
    Table table = new Table(">JOB", "KIND", "STATE", ">TRIES", "ENDED", "CAUSE", "*NOTE");
    found.forEach(
        job ->
            table.row(
                JobName.number(job.getName()),
                job.getKind(),
                JobLines.state(job),
                Integer.toString(job.getAttemptsCount()),
                Words.time(job.getEndTime(), shell().zone()),
                JobLines.cause(job),
                job.getFailure().getMessage()));
    return table;
  }
}
