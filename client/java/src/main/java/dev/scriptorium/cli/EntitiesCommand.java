package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.ListEntitiesRequest;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists characters and places. */
@Command(
    name = "entities",
    description = "Lists the characters and places of a book, most mentioned first.")
final class EntitiesCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only this type: ${COMPLETION-CANDIDATES}.")
  private @Nullable Type type;

  @Option(
      names = "--up-to",
      paramLabel = "OFFSET",
      description = "Only what was mentioned before this offset in the book.")
  private @Nullable Long upTo;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N of them. All by default.")
  private long limit = Long.MAX_VALUE;

  EntitiesCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell);
        Stream<Entity> entities =
            client
                .listEntities(request(new BookFinder(client).nameOf(wanted)))
                .limit(Math.max(0, limit))) {
      if (common.json()) {
        entities.forEach(entity -> shell.out().println(ProtoJson.line(ProtoJson.of(entity))));
      } else {
        print(entities);
      }
    }
    return 0;
  }

  private ListEntitiesRequest request(String book) {
    ListEntitiesRequest.Builder request =
        ListEntitiesRequest.newBuilder().setParent(book).setPageSize(Math.clamp(limit, 1, 200));
    if (type != null) {
      request.setType(type.wire);
    }
    if (upTo != null) {
      request.setUpTo(upTo);
    }
    return request.build();
  }

  private void print(Stream<Entity> entities) {
    Table table = new Table("TYPE", "*NAME", ">MENTIONS", ">FIRST IN", "*ALSO CALLED");
    entities.forEach(
        entity ->
            table.row(
                Words.of(entity.getType()),
                entity.getDisplayName(),
                Words.count(entity.getMentionCount()),
                BookLines.ordinal(entity.getFirstMention().getChapter()),
                String.join(", ", entity.getAliasesList())));
    if (table.isEmpty()) {
      shell.err().println("Nobody found; 'scriptorium show' says how far the import is.");
    } else {
      table.print(shell.out(), shell.terminal());
    }
  }

  /** Types by the names a user types. */
  enum Type {
    character(EntityType.ENTITY_TYPE_CHARACTER),
    place(EntityType.ENTITY_TYPE_PLACE);

    private final EntityType wire;

    Type(EntityType wire) {
      this.wire = wire;
    }
  }
}
