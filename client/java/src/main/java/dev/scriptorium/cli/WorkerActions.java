package dev.scriptorium.cli;

import dev.scriptorium.client.FleetClient;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What can be ordered of one worker. */
abstract sealed class WorkerActions extends Subcommand {
  @Parameters(paramLabel = "WORKER", description = "Name of the worker; see 'scriptorium fleet'.")
  private String wanted = "";

  private WorkerActions(Shell shell, Common fleet) {
    super(shell, fleet);
  }

  abstract Worker order(FleetClient fleet, String name);

  @Override
  int act(ScriptoriumClient client) {
    Worker worker = order(client.fleet(), FleetTables.nameOf(wanted));
    if (json()) {
      printJson(worker);
    } else {
      print(FleetTables.line(worker));
    }
    return 0;
  }

  /** Makes a worker quiet. */
  @Command(
      name = "quiet",
      description = "Lets a worker finish what it runs and take no more jobs.",
      footer = {"", "'scriptorium fleet resume WORKER' ends it."})
  static final class Quiet extends WorkerActions {
    Quiet(Shell shell, Common fleet) {
      super(shell, fleet);
    }

    @Override
    Worker order(FleetClient fleet, String name) {
      return fleet.quiet(name);
    }
  }

  /** Wakes a quiet worker. */
  @Command(name = "resume", description = "Lets a quiet worker take jobs again.")
  static final class Resume extends WorkerActions {
    Resume(Shell shell, Common fleet) {
      super(shell, fleet);
    }

    @Override
    Worker order(FleetClient fleet, String name) {
      return fleet.resume(name);
    }
  }

  /** Lets a worker go. */
  @Command(
      name = "drain",
      description =
          "Lets a worker finish what it runs and exit. Whatever started it may start it again.")
  static final class Drain extends WorkerActions {
    Drain(Shell shell, Common fleet) {
      super(shell, fleet);
    }

    @Override
    Worker order(FleetClient fleet, String name) {
      return fleet.drain(name);
    }
  }
}
