package dev.scriptorium.cli;

import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import java.util.List;

/** Lists of characters and places. */
final class EntityTables {
  private static final int BAR_CELLS = 16;
  // Of a novel's three hundred most are named once; what fits a screen is looked at.
  private static final int MOST_DRAWN = 25;

  private EntityTables() {}

  /**
   * Prints one table for a program or a file, and for a terminal one for each type, with bars.
   *
   * @param all false: in a terminal those of each type that are named most are enough
   */
  static void print(List<Entity> entities, boolean all, Shell shell) {
    if (entities.isEmpty()) {
      shell.err().println("Nobody found; 'scriptorium show' says how far the import is.");
    } else if (shell.terminal().out()) {
      int most = all ? Integer.MAX_VALUE : MOST_DRAWN;
      drawn(of(entities, EntityType.ENTITY_TYPE_CHARACTER), "*CHARACTER", most, shell);
      drawn(of(entities, EntityType.ENTITY_TYPE_PLACE), "*PLACE", most, shell);
    } else {
      plain(entities, shell);
    }
  }

  private static List<Entity> of(List<Entity> entities, EntityType type) {
    return entities.stream().filter(entity -> entity.getType() == type).toList();
  }

  private static void plain(List<Entity> entities, Shell shell) {
    Table table = new Table("TYPE", "*NAME", ">MENTIONS", ">FIRST IN", "*ALSO CALLED");
    for (Entity entity : entities) {
      table.row(
          Words.of(entity.getType()),
          entity.getDisplayName(),
          Words.count(entity.getMentionCount()),
          BookLines.ordinal(entity.getFirstMention().getChapter()),
          String.join(", ", entity.getAliasesList()));
    }
    table.print(shell.out(), shell.terminal());
  }

  private static void drawn(List<Entity> entities, String heading, int shown, Shell shell) {
    if (entities.isEmpty()) {
      return;
    }
    Bars bars = new Bars(shell.terminal().unicode());
    int most = entities.getFirst().getMentionCount();
    Table table = new Table(heading, ">MENTIONS", "-", "->FROM CHAPTER", "-*ALSO CALLED");
    for (Entity entity : entities.stream().limit(shown).toList()) {
      table.row(
          entity.getDisplayName(),
          Words.count(entity.getMentionCount()),
          bars.bar(entity.getMentionCount(), most, BAR_CELLS),
          BookLines.ordinal(entity.getFirstMention().getChapter()),
          String.join(", ", entity.getAliasesList()));
    }
    table.print(shell.out(), shell.terminal());
    if (entities.size() > shown) {
      String rest = "and " + Words.count(entities.size() - shown) + " more, seldom named; --all";
      shell.out().println(shell.terminal().outStyle().dim(rest));
    }
    shell.out().println();
  }
}
