package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.ReanalyzeBookResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a book be analyzed anew. */
@Command(
    name = "reanalyze",
    description = {
      "Analyzes a book anew, for example after the analyzer has become better. What was found"
          + " stays",
      "until this has ended; 'scriptorium show' says how far it is."
    })
final class ReanalyzeCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  ReanalyzeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      ReanalyzeBookResponse response = client.reanalyzeBook(new BookFinder(client).nameOf(wanted));
      if (common.json()) {
        shell.out().println(ProtoJson.line(ProtoJson.of(response)));
      } else if (response.getStarted()) {
        shell.out().println("started, " + Words.count(response.getJobs(), "job"));
      } else {
        shell.out().println("nothing to start: it is under way, or the book has no words");
      }
    }
    return 0;
  }
}
