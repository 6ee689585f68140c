package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Queue;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how much waits and runs. */
@Command(
    name = "queue",
    description = "Shows how much waits and runs on all servers, by kind, and what holds it up.",
    footer = {
      "",
      "BLOCKED   wait for other jobs",
      "DELAYED   wait for their time, for example to be tried again",
      "RUNNABLE  could run if a worker were free; OLDEST is how long the oldest has waited",
      "HELD      could not: a pause, a limit or a breaker",
      "STUCK     fit no connected worker",
      "MEAN      learned time of an attempt",
      "ORDERS    what 'scriptorium jobs pause' and 'limit' have ordered, for each server",
      "",
      "A breaker stands for a dependency that failed several times in a row: the kinds that named",
      "it wait, and one job at a time tries whether it is back."
    })
final class QueueCommand extends Subcommand {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final InstantSource clock;

  @Option(
      names = {"-w", "--watch"},
      description = "Show it live, until Ctrl-C; in a pipe a line for every change.")
  private boolean watch;

  QueueCommand(Shell shell, InstantSource clock, Common jobs) {
    super(shell, jobs);
    this.clock = clock;
  }

  @Override
  int act(ScriptoriumClient client) {
    if (watch) {
      var form = new LiveView.Form<Queue>(ProtoJson::of, this::page, QueueCommand::lines);
      try (LiveView<Queue> view = new LiveView<>(shell(), clock, form, json())) {
        client.jobs().watchQueue(LOOK_EVERY, view::show, view::broken);
      }
      return 0;
    }
    Queue queue = client.jobs().queue();
    if (json()) {
      printJson(queue);
    } else {
      page(queue, shell().out());
    }
    return 0;
  }

  private void page(Queue queue, PrintWriter out) {
    Table kinds = QueueTables.kinds(queue);
    if (kinds.isEmpty()) {
      out.println("No jobs wait or run, and nothing is ordered.");
    } else {
      kinds.print(out, shell().terminal());
    }
    QueueTables.needs(queue).forEach(line -> out.println(shell().terminal().outStyle().red(line)));
    Table breakers = QueueTables.breakers(queue, shell().zone());
    if (!breakers.isEmpty()) {
      out.println();
      breakers.print(out, shell().terminal());
    }
  }

  private static Map<String, String> lines(Queue queue) {
    Map<String, String> lines = new LinkedHashMap<>();
    queue.getKindsList().forEach(kind -> lines.put(kind.getKind(), QueueTables.line(kind)));
    queue
        .getBreakersList()
        .forEach(
            breaker ->
                lines.put(
                    "breaker " + breaker.getDependency() + " at " + breaker.getServer(),
                    QueueTables.line(breaker)));
    return lines;
  }
}
