package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.ProgressStep;
import dev.scriptorium.v1.UpdateProgressResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists where a reader was, and goes back there. */
@Command(
    name = "history",
    description = "Lists every place you were at in a book, newest first, or goes back to one.")
final class HistoryCommand extends Subcommand {
  @Parameters(paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N places. ${DEFAULT-VALUE} by default.")
  private int limit = 20;

  @Option(
      names = "--restore",
      paramLabel = "STEP",
      description = "Go back to this step, by its number.")
  private @Nullable Long restore;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Name of this device. ${DEFAULT-VALUE} by default.")
  private String device = "scriptorium";

  HistoryCommand(Shell shell) {
    super(shell);
  }

  @Override
  int act(ScriptoriumClient client) {
    String book = new BookFinder(client).nameOf(wanted);
    return restore == null ? list(client, book) : restore(client, book, restore);
  }

  private int list(ScriptoriumClient client, String book) {
    try (Stream<ProgressStep> history = client.reading().history(book)) {
      List<ProgressStep> steps = history.limit(Math.max(0, limit)).toList();
      if (json()) {
        steps.forEach(this::printJson);
        return 0;
      }
      Table table = new Table(">STEP", ">AT", "BECAME", "*DEVICE", "WHEN");
      for (ProgressStep step : steps) {
        table.row(
            number(step.getName()),
            String.format(Locale.ROOT, "%.1f%%", step.getProgress().getFraction() * 100),
            Words.of(step.getOutcome()),
            step.getProgress().getDevice(),
            Words.time(step.getProgress().getEventTime(), shell().zone()));
      }
      print(table);
    }
    return 0;
  }

  private int restore(ScriptoriumClient client, String book, long step) {
    UpdateProgressResponse response =
        client.reading().restore(book, book + "/progress/steps/" + step, device);
    if (json()) {
      printJson(response);
    } else {
      print(
          String.format(
              Locale.ROOT,
              "back at %.1f%%, revision %d",
              response.getProgress().getFraction() * 100,
              response.getProgress().getRevision()));
    }
    return 0;
  }

  private static String number(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
