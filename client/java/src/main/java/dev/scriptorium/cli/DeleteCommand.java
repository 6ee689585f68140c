package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Book;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes books. */
@Command(
    name = "delete",
    aliases = "rm",
    description = "Deletes books and stops their jobs. They are purged some days later.")
final class DeleteCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(arity = "1..*", paramLabel = "BOOK", description = Help.BOOK)
  private List<String> wanted = List.of();

  DeleteCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      BookFinder finder = new BookFinder(client);
      // All are found before the first is deleted: a wrong name then costs nothing.
      wanted.stream().map(finder::nameOf).distinct().toList().stream()
          .map(client::deleteBook)
          .forEach(this::report);
    }
    return 0;
  }

  private void report(Book book) {
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(book)));
      return;
    }
    String purge =
        book.hasPurgeTime()
            ? ", purged after " + Words.time(book.getPurgeTime(), shell.zone())
            : "";
    String id = Words.shortId(book.getName());
    shell.out().println("deleted " + id + "  " + Cells.clean(book.getTitle()) + purge);
  }
}
