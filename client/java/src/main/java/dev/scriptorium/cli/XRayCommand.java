package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.GetXRayRequest;
import dev.scriptorium.v1.XRay;
import dev.scriptorium.v1.XRayEntity;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows whom a reader has met so far. */
@Command(
    name = "xray",
    description = {
      "Shows who and what you have met in a book so far, those of your chapter first; nothing that",
      "follows is told."
    })
final class XRayCommand implements Callable<Integer> {
  private static final int DESCRIPTION_LINES = 3;

  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Option(
      names = "--at",
      paramLabel = "PLACE",
      description = "Another place than yours: an offset in the book, or a part of it (42%%).")
  private @Nullable String at;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N of them, up to 100. ${DEFAULT-VALUE} by default.")
  private int limit = 12;

  XRayCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      String book = new BookFinder(client).nameOf(wanted);
      long place =
          at == null ? ReadingPlace.here(client, book) : ReadingPlace.parse(client, book, at);
      XRay xRay =
          client.getXRay(
              GetXRayRequest.newBuilder()
                  .setName(book)
                  .setUpTo(place)
                  .setMaxEntities(Math.clamp(limit, 1, 100))
                  .build());
      if (common.json()) {
        shell.out().println(ProtoJson.line(ProtoJson.of(xRay)));
      } else {
        print(xRay, BookMap.of(client, book));
      }
    }
    return 0;
  }

  private void print(XRay xRay, BookMap map) {
    if (xRay.getEntitiesCount() == 0) {
      shell.err().println("Nobody met so far; 'scriptorium progress' says where you are.");
      return;
    }
    shell
        .out()
        .println(shell.terminal().outStyle().bold("You are in " + map.chapter(xRay.getChapter())));
    PassageCard card = new PassageCard(shell, map);
    for (XRayEntity met : xRay.getEntitiesList()) {
      shell.out().println();
      head(met, map);
      if (met.hasDescription()) {
        card.text(met.getDescription().getText(), DESCRIPTION_LINES);
      }
    }
  }

  private void head(XRayEntity met, BookMap map) {
    Entity entity = met.getEntity();
    Style style = shell.terminal().outStyle();
    String near =
        met.getChapterMentionCount() > 0
            ? "in this chapter " + Words.count(met.getChapterMentionCount(), "time")
            : "last in " + map.chapter(met.getLastMention().getChapter());
    String others =
        entity.getAliasesCount() == 0 ? "" : ", also " + String.join(", ", entity.getAliasesList());
    String rest =
        Words.of(entity.getType())
            + ", "
            + Words.count(entity.getMentionCount(), "mention")
            + ", "
            + near
            + others;
    String name = Cells.clean(entity.getDisplayName());
    int room = Math.max(20, shell.textColumns() - Cells.width(name));
    shell
        .out()
        .println(style.bold(name) + "  " + style.dim(Cells.fit(Cells.clean(rest), room - 2)));
  }
}
