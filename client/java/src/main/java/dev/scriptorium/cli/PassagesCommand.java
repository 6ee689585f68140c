package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.PassageType;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists passages. */
@Command(
    name = "passages",
    description = "Lists the passages of a book that are worth drawing, best first.")
final class PassagesCommand implements Callable<Integer> {
  // A passage may have four thousand characters: half a screen of it says whether to read on.
  private static final int LINES = 10;

  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only this type: ${COMPLETION-CANDIDATES}.")
  private @Nullable Type type;

  @Option(names = "--chapter", paramLabel = "N", description = "Only in this chapter, from 1.")
  private @Nullable Integer chapter;

  @Option(
      names = "--min-priority",
      paramLabel = "P",
      description = "Only of this priority or more, 0 to 100.")
  private int minPriority;

  @Option(names = "--up-to", paramLabel = "PLACE", description = Help.UP_TO)
  private @Nullable String upTo;

  @Option(names = "--in-order", description = "In reading order.")
  private boolean inOrder;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N passages. ${DEFAULT-VALUE} by default.")
  private int limit = 20;

  @Option(
      names = "--whole",
      description = "In a terminal: the whole text of each, not its beginning.")
  private boolean whole;

  PassagesCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      String book = new BookFinder(client).nameOf(wanted);
      List<Passage> found = found(client, request(client, book));
      if (common.json()) {
        found.forEach(passage -> shell.out().println(ProtoJson.line(ProtoJson.of(passage))));
      } else if (found.isEmpty()) {
        shell.err().println("No passages; 'scriptorium show' says how far the import is.");
      } else if (shell.terminal().out()) {
        cards(found, BookMap.of(client, book));
      } else {
        found.forEach(this::print);
      }
    }
    return 0;
  }

  private List<Passage> found(ScriptoriumClient client, ListPassagesRequest request) {
    try (Stream<Passage> passages = client.listPassages(request)) {
      return passages.limit(Math.max(0, limit)).toList();
    }
  }

  private void cards(List<Passage> passages, BookMap map) {
    PassageCard card = new PassageCard(shell, map);
    for (Passage passage : passages) {
      card.print(passage, whole ? Integer.MAX_VALUE : LINES);
      shell.out().println();
    }
  }

  private ListPassagesRequest request(ScriptoriumClient client, String book) {
    ListPassagesRequest.Builder request =
        ListPassagesRequest.newBuilder()
            .setParent(book)
            .setPageSize(Math.clamp(limit, 1, 200))
            .setMinPriority(minPriority)
            .setOrder(
                inOrder
                    ? ListPassagesRequest.Order.ORDER_READING
                    : ListPassagesRequest.Order.ORDER_PRIORITY);
    if (type != null) {
      request.setType(type.wire);
    }
    if (chapter != null) {
      request.setChapter(book + "/chapters/" + chapter);
    }
    ReadingPlace.upTo(client, book, upTo).ifPresent(request::setUpTo);
    return request.build();
  }

  private void print(Passage passage) {
    String head =
        passage.getPriority()
            + "  "
            + Words.of(passage.getType())
            + ", chapter "
            + BookLines.ordinal(passage.getRange().getChapter())
            + " at "
            + passage.getRange().getStart();
    shell.out().println(shell.terminal().outStyle().bold(head));
    Cells.wrap(Cells.clean(passage.getText()), shell.textColumns() - 4)
        .forEach(line -> shell.out().println("    " + line));
  }

  /** Types by the names a user types. */
  enum Type {
    location(PassageType.PASSAGE_TYPE_LOCATION),
    character(PassageType.PASSAGE_TYPE_CHARACTER),
    atmosphere(PassageType.PASSAGE_TYPE_ATMOSPHERE),
    object(PassageType.PASSAGE_TYPE_OBJECT),
    action(PassageType.PASSAGE_TYPE_ACTION);

    private final PassageType wire;

    Type(PassageType wire) {
      this.wire = wire;
    }
  }
}
