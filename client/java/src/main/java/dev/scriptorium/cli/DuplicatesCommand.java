package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Duplicate;
import dev.scriptorium.v1.DuplicatePair;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists books with nearly the same text. */
@Command(
    name = "duplicates",
    description = {
      "Lists books with nearly the same text: one work in several editions or formats. Without a"
          + " BOOK, all pairs."
    })
final class DuplicatesCommand extends Subcommand {
  @Parameters(arity = "0..1", paramLabel = "BOOK", description = Help.BOOK)
  private @Nullable String wanted;

  DuplicatesCommand(Shell shell) {
    super(shell);
  }

  @Override
  int act(ScriptoriumClient client) {
    if (wanted == null) {
      pairs(client.duplicates().pairs().toList());
    } else {
      books(client.duplicates().of(new BookFinder(client).nameOf(wanted)));
    }
    return 0;
  }

  private void books(List<Duplicate> found) {
    if (json()) {
      found.forEach(this::printJson);
      return;
    }
    Table table = new Table("BOOK", "*TITLE", "-FORMAT", ">ALIKE");
    found.forEach(
        each ->
            table.row(
                Words.shortId(each.getBook().getName()),
                each.getBook().getTitle(),
                each.getBook().getMediaType(),
                percent(each.getLikeness())));
    print(table);
  }

  private void pairs(List<DuplicatePair> found) {
    if (json()) {
      found.forEach(this::printJson);
      return;
    }
    Table table = new Table("BOOK", "*TITLE", "OTHER", "*ITS TITLE", ">ALIKE");
    found.forEach(
        pair ->
            table.row(
                Words.shortId(pair.getBook()),
                pair.getTitle(),
                Words.shortId(pair.getOther()),
                pair.getOtherTitle(),
                percent(pair.getLikeness())));
    print(table);
  }

  private static String percent(double likeness) {
    return String.format(Locale.ROOT, "%.0f %%", likeness * 100);
  }
}
