package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.ListCollectionsRequest.Direction;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists collections; its subcommands fill and share them. */
@Command(
    name = "collections",
    description = "Shows your collections of books, or makes, fills and shares them.",
    customSynopsis = {
      "scriptorium collections [--with-me] [OPTIONS]",
      "       scriptorium collections create|add|remove|books|share|delete [OPTIONS]"
    },
    footer = {
      "",
      "A COLLECTION is its title, or collections/ID.",
      "",
      "  scriptorium collections create \"The sea\"",
      "  scriptorium collections add \"The sea\" \"the ebb\" \"moby dick\"",
      "  scriptorium collections share \"The sea\" --with mary@example.org"
    })
final class CollectionsCommand extends Subcommand {
  @Option(names = "--with-me", description = "List what others share, instead of one's own.")
  private boolean withMe;

  private CollectionsCommand(Shell shell) {
    super(shell);
  }

  static CommandLine tree(Shell shell) {
    CollectionsCommand collections = new CollectionsCommand(shell);
    Common common = collections.common();
    return new CommandLine(collections)
        .addSubcommand(new CollectionActions.Create(shell, common))
        .addSubcommand(new CollectionActions.Add(shell, common))
        .addSubcommand(new CollectionActions.Remove(shell, common))
        .addSubcommand(new CollectionActions.Books(shell, common))
        .addSubcommand(new CollectionActions.ShareWith(shell, common))
        .addSubcommand(new CollectionActions.Delete(shell, common));
  }

  @Override
  int act(ScriptoriumClient client) {
    List<Collection> found =
        client
            .collections()
            .list(withMe ? Direction.DIRECTION_WITH_ME : Direction.DIRECTION_OWN)
            .toList();
    if (json()) {
      found.forEach(this::printJson);
      return 0;
    }
    Table table = new Table("COLLECTION", "*TITLE", ">BOOKS", "-CHANGED");
    found.forEach(
        collection ->
            table.row(
                collection.getName(),
                collection.getTitle(),
                Words.count(collection.getBookCount()),
                Words.time(collection.getUpdateTime(), shell().zone())));
    print(table);
    return 0;
  }
}
