package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.client.ScriptoriumException;
import dev.scriptorium.v1.Job;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does jobs again. */
@Command(
    name = "retry",
    description =
        "Starts new jobs like ones that failed, were cancelled or are quarantined, together with"
            + " the jobs that fell with them. Ends with 1 when one could not be done again.",
    footer = {
      "",
      "--all-dead leaves out what was done again before. It asks first; --yes answers.",
      "",
      "  scriptorium jobs retry 4711 4712",
      "  scriptorium jobs retry --all-dead --kind parse"
    })
final class RetryCommand extends Subcommand {
  @Parameters(arity = "0..*", paramLabel = "JOB", description = "Numbers of the jobs.")
  private List<String> wanted = List.of();

  @Option(names = "--all-dead", description = "All that 'scriptorium jobs dead' lists.")
  private boolean allDead;

  @Mixin private final DeadJobs dead = new DeadJobs();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  private int refused;

  RetryCommand(Shell shell, Common jobs) {
    super(shell, jobs);
  }

  @Override
  void check() {
    wanted.forEach(JobName::parse);
    if (wanted.isEmpty() == !allDead) {
      throw new CliException(2, "name the jobs, or give --all-dead; see 'scriptorium jobs dead'");
    }
    if (!allDead && dead.isNarrowed()) {
      throw new CliException(2, "--kind and --quarantined go with --all-dead");
    }
  }

  @Override
  int act(ScriptoriumClient client) {
    if (allDead) {
      retryDead(client);
    } else {
      wanted.stream().map(JobName::parse).distinct().forEach(name -> retry(client, name));
    }
    return refused == 0 ? 0 : 1;
  }

  private void retryDead(ScriptoriumClient client) {
    // Those that fell with another one are done again with it.
    List<Job> jobs =
        dead.find(client, Integer.MAX_VALUE).stream()
            .filter(job -> !DeadJobs.fellWithAnother(job))
            .toList();
    String what = Words.count(jobs.size(), (dead.words() + " job").strip());
    if (jobs.isEmpty()) {
      shell().err().println("No dead jobs.");
    } else if (yes || confirmed("Do " + what + " again? [y/N] ")) {
      long again = jobs.stream().filter(job -> retryUnlessDone(client, job.getName())).count();
      shell().err().println(again + " of " + what + " are done again.");
    } else {
      shell().err().println("Nothing is done.");
    }
  }

  private boolean confirmed(String question) {
    if (!shell().terminal().err()) {
      throw new CliException(2, "give --yes where nobody can be asked");
    }
    shell().err().print(question);
    shell().err().flush();
    Scanner answers = new Scanner(shell().in(), StandardCharsets.UTF_8);
    return answers.hasNextLine() && answers.nextLine().strip().matches("(?i)y|yes");
  }

  /** True when it is done again now, false when that was so before. */
  private boolean retryUnlessDone(ScriptoriumClient client, String name) {
    try {
      print(name, client.jobs().retry(name));
      return true;
    } catch (ScriptoriumException e) {
      if (e.reason().equals("JOB_STATE")) {
        return false;
      }
      throw e;
    }
  }

  private void retry(ScriptoriumClient client, String name) {
    try {
      print(name, client.jobs().retry(name));
    } catch (ScriptoriumException e) {
      if (wanted.size() == 1 || !e.reason().startsWith("JOB_")) {
        throw e;
      }
      refused++;
      shell().err().println("scriptorium: " + Cells.clean(e.getMessage() + Advice.after(e)));
    }
  }

  private void print(String name, Job again) {
    if (json()) {
      printJson(again);
    } else {
      print(JobName.number(name) + " is done again as " + JobLines.line(again));
    }
  }
}
