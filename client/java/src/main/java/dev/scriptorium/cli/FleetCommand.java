package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.WatchFleetResponse;
import dev.scriptorium.v1.Worker;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the workers; its subcommands steer one. */
@Command(
    name = "fleet",
    description = "Shows the connected workers and what they run, or steers one of them.",
    customSynopsis = {
      "scriptorium fleet [OPTIONS]",
      "       scriptorium fleet quiet|resume|drain WORKER"
    },
    footer = {
      "",
      "BUSY      runners with a job",
      "READY     runners with a job, or ready for one",
      "START     runners that are not ready yet",
      "USED      resident memory of the runners; FREE is what is not reserved of the BUDGET",
      "RECYCLED  runners that were replaced since the worker started",
      "SANDBOX   how far runners are shut in: bwrap, setpriv or none",
      "DRAIN     order in which workers had best be removed: 1 first",
      "",
      "Jobs are those of the server that is asked. A narrow terminal leaves columns out; --json"
          + " has",
      "them all."
    })
final class FleetCommand extends Subcommand {
  private final InstantSource clock;

  @Option(
      names = {"-w", "--watch"},
      description = "Show it live, until Ctrl-C; in a pipe a line for every change.")
  private boolean watch;

  private FleetCommand(Shell shell, InstantSource clock) {
    super(shell);
    this.clock = clock;
  }

  static CommandLine tree(Shell shell) {
    FleetCommand fleet = new FleetCommand(shell, InstantSource.system());
    return new CommandLine(fleet)
        .addSubcommand(new WorkerActions.Quiet(shell, fleet.common()))
        .addSubcommand(new WorkerActions.Resume(shell, fleet.common()))
        .addSubcommand(new WorkerActions.Drain(shell, fleet.common()));
  }

  @Override
  int act(ScriptoriumClient client) {
    if (watch) {
      var form =
          new LiveView.Form<WatchFleetResponse>(
              ProtoJson::of,
              (fleet, out) -> page(fleet.getWorkersList(), out),
              fleet -> lines(fleet.getWorkersList()));
      try (LiveView<WatchFleetResponse> view = new LiveView<>(shell(), clock, form, json())) {
        client.fleet().watch(view::show, view::broken);
      }
      return 0;
    }
    List<Worker> workers = client.fleet().workers();
    if (json()) {
      workers.forEach(this::printJson);
    } else {
      page(workers, shell().out());
    }
    return 0;
  }

  private void page(List<Worker> workers, PrintWriter out) {
    if (workers.isEmpty()) {
      out.println("No worker is connected; start one with scriptorium-worker run.");
      return;
    }
    out.println(FleetTables.sum(workers));
    out.println();
    FleetTables.workers(workers).print(out, shell().terminal());
    Table attempts = FleetTables.attempts(workers, clock.instant());
    if (!attempts.isEmpty()) {
      out.println();
      attempts.print(out, shell().terminal());
    }
  }

  private static Map<String, String> lines(List<Worker> workers) {
    Map<String, String> lines = new LinkedHashMap<>();
    workers.forEach(worker -> lines.put(worker.getName(), FleetTables.line(worker)));
    return lines;
  }
}
