package dev.scriptorium.cli;

import com.google.gson.JsonObject;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Book;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is known of books. */
@Command(
    name = "show",
    description = "Shows what is known of a book: facts, chapters, and what was found in it.")
final class ShowCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(arity = "1..*", paramLabel = "BOOK", description = Help.BOOK)
  private List<String> wanted = List.of();

  @Option(names = "--found", description = "Only what was found: no chapters, no warnings.")
  private boolean found;

  ShowCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      BookFinder finder = new BookFinder(client);
      List<String> names = wanted.stream().map(finder::nameOf).toList();
      for (int i = 0; i < names.size(); i++) {
        show(client, client.getBook(names.get(i)), i > 0);
      }
    }
    return 0;
  }

  private void show(ScriptoriumClient client, Book book, boolean separated) {
    if (common.json()) {
      JsonObject json = ProtoJson.of(book);
      shell.out().println(ProtoJson.line(json));
      return;
    }
    if (separated) {
      shell.out().println();
    }
    new BookReport(shell, client).print(book, !found);
  }
}
