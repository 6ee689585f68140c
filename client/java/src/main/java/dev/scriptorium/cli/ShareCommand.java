package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.ListSharesRequest.Direction;
import dev.scriptorium.v1.Share;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets others read books. */
@Command(
    name = "share",
    description =
        "Lets another user read a book, or ends that; without a BOOK it lists what is shared.",
    footer = {
      "",
      "  scriptorium share \"the ebb\" --with mary@example.org",
      "  scriptorium share \"the ebb\" --with mary@example.org --end",
      "  scriptorium share --with-me"
    })
final class ShareCommand extends Subcommand {
  @Parameters(arity = "0..1", paramLabel = "BOOK", description = Help.BOOK)
  private @Nullable String book;

  @Option(
      names = "--with",
      paramLabel = "READER",
      description = "E-mail address or users/ID of the reader; users/me to give a book back.")
  private @Nullable String reader;

  @Option(names = "--end", description = "Share it no longer.")
  private boolean end;

  @Option(names = "--with-me", description = "List what others share, instead of one's own.")
  private boolean withMe;

  ShareCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if ((book == null) != (reader == null) || (end && book == null) || (withMe && book != null)) {
      throw new CliException(2, "BOOK and --with belong together; see 'scriptorium share --help'");
    }
  }

  @Override
  int act(ScriptoriumClient client) {
    if (book == null || reader == null) {
      list(client);
    } else if (end) {
      client.identity().unshareBook(nameOf(client, book), reader);
      if (!json()) {
        print("not shared with " + Cells.clean(reader) + " any more");
      }
    } else {
      report(client.identity().shareBook(nameOf(client, book), reader));
    }
    return 0;
  }

  // A shared book is in no list of ours: its name has to be given.
  private static String nameOf(ScriptoriumClient client, String wanted) {
    return wanted.startsWith("books/") ? wanted : new BookFinder(client).nameOf(wanted);
  }

  private void report(Share share) {
    if (json()) {
      printJson(share);
    } else {
      print(
          "%s reads %s  %s"
              .formatted(
                  Cells.clean(share.getReaderDisplayName()),
                  share.getBook(),
                  Cells.clean(share.getTitle())));
    }
  }

  private void list(ScriptoriumClient client) {
    List<Share> shares =
        client
            .identity()
            .shares(withMe ? Direction.DIRECTION_WITH_ME : Direction.DIRECTION_BY_ME)
            .toList();
    if (json()) {
      shares.forEach(this::printJson);
      return;
    }
    Table table = new Table("BOOK", "*TITLE", withMe ? "*OWNER" : "*READER", "-SINCE");
    shares.forEach(
        share ->
            table.row(
                share.getBook(),
                share.getTitle(),
                withMe ? share.getOwnerDisplayName() : share.getReaderDisplayName(),
                Words.time(share.getCreateTime(), shell().zone())));
    print(table);
  }
}
