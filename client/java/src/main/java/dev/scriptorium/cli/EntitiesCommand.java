package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityDetails;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.GetEntityRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists characters and places, or shows one of them closely. */
@Command(
    name = "entities",
    description = {
      "Lists the characters and places of a book, most mentioned first; with a NAME shows one of",
      "them closely: its names, where it appears, the passage that describes it, what it says."
    })
final class EntitiesCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(index = "0", paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "A name of one of them, or a part of it.")
  private @Nullable String name;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only this type: ${COMPLETION-CANDIDATES}.")
  private @Nullable Type type;

  @Option(names = "--up-to", paramLabel = "PLACE", description = Help.UP_TO)
  private @Nullable String upTo;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N of them. All by default, in a terminal the most named.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--all", description = "In a terminal too: all of them.")
  private boolean all;

  EntitiesCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      String book = new BookFinder(client).nameOf(wanted);
      OptionalLong cut = ReadingPlace.upTo(client, book, upTo);
      if (name == null) {
        list(client, request(book, cut));
      } else {
        show(client, book, cut, find(client, request(book, cut), name));
      }
    }
    return 0;
  }

  private ListEntitiesRequest request(String book, OptionalLong cut) {
    ListEntitiesRequest.Builder request =
        ListEntitiesRequest.newBuilder()
            .setParent(book)
            .setPageSize(name == null ? Math.clamp(limit, 1, 200) : 1000);
    if (type != null) {
      request.setType(type.wire);
    }
    cut.ifPresent(request::setUpTo);
    return request.build();
  }

  private void list(ScriptoriumClient client, ListEntitiesRequest request) {
    try (Stream<Entity> entities = client.listEntities(request).limit(Math.max(0, limit))) {
      if (common.json()) {
        entities.forEach(entity -> shell.out().println(ProtoJson.line(ProtoJson.of(entity))));
      } else {
        EntityTables.print(entities.toList(), all || limit != Long.MAX_VALUE, shell);
      }
    }
  }

  /** The most mentioned one that is called so; else one whose name has this part. */
  private static Entity find(ScriptoriumClient client, ListEntitiesRequest request, String wanted) {
    try (Stream<Entity> entities = client.listEntities(request)) {
      List<Entity> all = entities.toList();
      return Stream.of(true, false)
          .flatMap(whole -> all.stream().filter(entity -> called(entity, wanted, whole)))
          .findFirst()
          .orElseThrow(
              () -> new CliException(5, "nobody and nothing is called '" + wanted + "' so far"));
    }
  }

  private static boolean called(Entity entity, String wanted, boolean whole) {
    return Stream.concat(Stream.of(entity.getDisplayName()), entity.getAliasesList().stream())
        .anyMatch(
            one ->
                whole
                    ? one.equalsIgnoreCase(wanted)
                    : one.toLowerCase(java.util.Locale.ROOT)
                        .contains(wanted.toLowerCase(java.util.Locale.ROOT)));
  }

  private void show(ScriptoriumClient client, String book, OptionalLong cut, Entity entity) {
    GetEntityRequest.Builder request = GetEntityRequest.newBuilder().setName(entity.getName());
    cut.ifPresent(request::setUpTo);
    EntityDetails details = client.getEntity(request.build());
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(details)));
    } else {
      new EntityPortrait(shell, BookMap.of(client, book)).print(details);
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
