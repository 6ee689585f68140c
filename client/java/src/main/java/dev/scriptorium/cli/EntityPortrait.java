package dev.scriptorium.cli;

import dev.scriptorium.v1.ChapterMentions;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityDetails;
import dev.scriptorium.v1.Quotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One character or place on one screen. */
final class EntityPortrait {
  private static final int DESCRIPTION_LINES = 14;
  private static final int QUOTATION_LINES = 3;

  private final Shell shell;
  private final BookMap map;
  private final Style style;
  private final Labelled lines;
  private final PassageCard card;

  EntityPortrait(Shell shell, BookMap map) {
    this.shell = shell;
    this.map = map;
    this.style = shell.terminal().outStyle();
    this.lines = new Labelled(shell);
    this.card = new PassageCard(shell, map);
  }

  void print(EntityDetails details) {
    Entity entity = details.getEntity();
    shell.out().println(style.bold(Cells.clean(entity.getDisplayName())));
    lines.print(
        Words.of(entity.getType()),
        Words.count(entity.getMentionCount(), "mention")
            + " in "
            + Words.count(details.getChaptersCount(), "chapter"));
    lines.print("also called", String.join(", ", entity.getAliasesList()));
    lines.print("first in", map.place(entity.getFirstMention()));
    appearances(details.getChaptersList());
    if (details.hasDescription()) {
      shell.out().println();
      card.print(details.getDescription(), DESCRIPTION_LINES);
    }
    quotations(details);
  }

  private void appearances(List<ChapterMentions> chapters) {
    if (map.size() < 2) {
      return;
    }
    List<Integer> counts = new ArrayList<>(Collections.nCopies(map.size(), 0));
    for (ChapterMentions chapter : chapters) {
      counts.set(
          Integer.parseInt(BookLines.ordinal(chapter.getChapter())) - 1, chapter.getMentionCount());
    }
    String curve =
        new Bars(shell.terminal().unicode()).curve(counts, shell.textColumns() - Labelled.CELLS);
    shell.out().println(style.dim(Cells.padded("appears", Labelled.CELLS)) + curve);
  }

  private void quotations(EntityDetails details) {
    if (details.getQuotationsCount() == 0) {
      return;
    }
    shell.out().println();
    shell
        .out()
        .println(
            style.bold("Says")
                + "  "
                + style.dim(Words.count(details.getQuotationCount(), "line") + " altogether"));
    for (Quotation quotation : details.getQuotationsList()) {
      card.text(quotation.getText(), QUOTATION_LINES);
    }
  }
}
