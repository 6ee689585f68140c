package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.client.UploadsClient;
import dev.scriptorium.v1.Replacement;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a book another file. */
@Command(
    name = "replace",
    description = {
      "Gives a book another file, for example a corrected one. Everybody's place, bookmarks and"
          + " notes go along",
      "to the words where they were. The book stays readable meanwhile."
    },
    footer = {"", "  scriptorium replace \"the ebb\" ebb-corrected.epub"})
final class ReplaceCommand extends Subcommand {
  private static final int PERCENT = 100;

  @Parameters(index = "0", paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The new file.")
  private Path file = Path.of("");

  @Option(names = "--no-wait", description = "Send the file only; do not wait until it is there.")
  private boolean noWait;

  private int shown = -1;

  ReplaceCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    String problem = LocalFiles.problem(file);
    if (!problem.isEmpty()) {
      throw new CliException(2, problem);
    }
  }

  @Override
  int act(ScriptoriumClient client) {
    UploadsClient uploads = client.uploads();
    String book = new BookFinder(client).nameOf(wanted);
    Replacement asked = uploads.replaceFile(book, file, this::show);
    Replacement ended = noWait ? asked : uploads.await(asked.getName());
    if (json()) {
      printJson(ended);
    } else {
      report(ended);
    }
    return ended.getState() == Replacement.State.STATE_FAILED ? 1 : 0;
  }

  // On one line that is written over; a pipe has no use for it.
  private void show(long sentBytes, long totalBytes) {
    int percent = totalBytes == 0 ? PERCENT : (int) (sentBytes * PERCENT / totalBytes);
    if (shell().terminal().canDrawBars() && percent != shown) {
      shown = percent;
      String end = percent == PERCENT ? "\n" : "";
      shell().err().print("\rsending " + percent + " % of " + Words.size(totalBytes) + end);
      shell().err().flush();
    }
  }

  private void report(Replacement replacement) {
    String name = Cells.clean(replacement.getFileName());
    switch (replacement.getState()) {
      case STATE_DONE -> print("the book has " + name + " now" + places(replacement));
      case STATE_FAILED ->
          print(
              "FAILED "
                  + name
                  + "  "
                  + Words.of(replacement.getFailure().getReason())
                  + ": "
                  + Cells.clean(replacement.getFailure().getMessage())
                  + "; the book stays as it was");
      case STATE_PENDING, STATE_UNSPECIFIED, UNRECOGNIZED ->
          print("sent " + name + ": " + replacement.getName());
    }
  }

  private static String places(Replacement replacement) {
    if (replacement.getPlaceCount() == 0) {
      return "";
    }
    String moved = "; " + Words.count(replacement.getPlaceCount(), "reader") + " moved along";
    return replacement.getLostCount() == 0
        ? moved
        : moved + ", " + Words.count(replacement.getLostCount()) + " of them by proportion alone";
  }
}
