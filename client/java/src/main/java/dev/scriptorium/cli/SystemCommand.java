package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Component;
import dev.scriptorium.v1.QueueDepth;
import dev.scriptorium.v1.SystemInfo;
import dev.scriptorium.v1.Worker;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the state of the system. */
@Command(
    name = "system",
    description =
        "Shows the server, its parts, workers and queues. Ends with 1 when a part is down.")
final class SystemCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  SystemCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    SystemInfo info;
    try (ScriptoriumClient client = common.connect(shell)) {
      info = client.systemInfo();
    }
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(info)));
    } else {
      print(info);
    }
    boolean down =
        info.getComponentsList().stream()
            .anyMatch(component -> component.getState() == Component.State.STATE_DOWN);
    return down ? 1 : 0;
  }

  private void print(SystemInfo info) {
    shell
        .out()
        .println(
            Cells.clean(
                "Scriptorium %s on %s, up since %s; you are %s"
                    .formatted(
                        info.getVersion(),
                        info.getServer(),
                        Words.time(info.getStartTime(), shell.zone()),
                        info.getCaller())));
    shell
        .out()
        .println(
            "Files up to "
                + Words.size(info.getLimits().getMaxUploadBytes())
                + ", pages up to "
                + Words.count(info.getLimits().getMaxPageSize())
                + ", "
                + Words.count(info.getLimits().getMaxWaitingJobs())
                + " waiting jobs.");
    components(info.getComponentsList());
    workers(info.getWorkersList());
    queues(info.getQueuesList());
  }

  private void components(List<Component> components) {
    Table table = new Table("PART", "STATE", "*DETAIL");
    components.forEach(c -> table.row(c.getName(), Words.of(c.getState()), c.getDetail()));
    print(table);
  }

  private void workers(List<Worker> workers) {
    Table table =
        new Table(
            "*WORKER",
            "VERSION",
            ">RUNNERS",
            ">JOBS",
            ">BUDGET",
            ">WORKER MEM",
            ">RUNNER MEM",
            "SANDBOX");
    workers.forEach(
        worker ->
            table.row(
                worker.getName(),
                worker.getVersion(),
                Words.count(worker.getRunners()),
                Words.count(worker.getBusyRunners()),
                Words.memory(worker.getMemoryBudgetBytes()),
                Words.memory(worker.getWorkerMemoryBytes()),
                Words.memory(worker.getRunnerMemoryBytes()),
                worker.getSandbox()));
    print(table);
  }

  private void queues(List<QueueDepth> queues) {
    Table table = new Table("QUEUE", ">BLOCKED", ">WAITING", ">RUNNING");
    queues.forEach(
        queue ->
            table.row(
                queue.getKind(),
                Words.count(queue.getBlocked()),
                Words.count(queue.getWaiting()),
                Words.count(queue.getRunning())));
    print(table);
  }

  private void print(Table table) {
    if (!table.isEmpty()) {
      shell.out().println();
      table.print(shell.out(), shell.terminal());
    }
  }
}
