package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Book;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the caller's books. */
@Command(name = "list", aliases = "ls", description = "Lists your books, newest first.")
final class ListCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N books. All by default.")
  private long limit = Long.MAX_VALUE;

  ListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell);
        Stream<Book> books = client.listBooks().limit(Math.max(0, limit))) {
      if (common.json()) {
        books.forEach(book -> shell.out().println(ProtoJson.line(ProtoJson.of(book))));
      } else {
        print(books);
      }
    }
    return 0;
  }

  private void print(Stream<Book> books) {
    Table table = new Table("BOOK", "*TITLE", "*AUTHOR", "STATE", ">CHAPTERS", ">WORDS", ">READ");
    books.forEach(
        book ->
            table.row(
                Words.shortId(book.getName()),
                book.getTitle(),
                BookLines.authors(book),
                BookLines.state(book),
                Words.count(book.getChapterCount()),
                Words.count(book.getWordCount()),
                read(book)));
    if (table.isEmpty()) {
      shell.err().println("No books yet; add some with 'scriptorium import FILE'.");
    } else {
      table.print(shell.out(), shell.terminal());
    }
  }

  private static String read(Book book) {
    return book.hasProgress() && book.getProgress().getRevision() > 0
        ? String.format(Locale.ROOT, "%.0f%%", book.getProgress().getFraction() * 100)
        : "-";
  }
}
