package dev.scriptorium.cli;

import dev.scriptorium.v1.Passage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a passage to be read: what it shows, where it stands, its text beside a rule. */
final class PassageCard {
  private final Shell shell;
  private final BookMap map;
  private final Style style;
  private final Bars bars;

  PassageCard(Shell shell, BookMap map) {
    this.shell = shell;
    this.map = map;
    this.style = shell.terminal().outStyle();
    this.bars = new Bars(shell.terminal().unicode());
  }

  /**
   * Prints the card.
   *
   * @param most lines of the text; the rest is left out
   */
  void print(Passage passage, int most) {
    String type = Words.of(passage.getType());
    String head = type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
    String place = map.place(passage.getRange());
    String rating = bars.rating(passage.getPriority()) + " " + passage.getPriority();
    String others =
        passage.getOtherTypesList().stream()
            .map(other -> ", " + Words.of(other))
            .collect(Collectors.joining());
    int room = shell.textColumns() - head.length() - others.length() - Cells.width(rating) - 4;
    shell
        .out()
        .println(
            style.bold(head)
                + style.dim(others)
                + "  "
                + style.dim(Cells.padded(place, Math.max(10, room)))
                + "  "
                + style.yellow(rating));
    text(passage.getText(), most);
    String reasons = reasons(passage);
    if (!reasons.isEmpty()) {
      shell.out().println("    " + style.dim(Cells.fit(reasons, shell.textColumns() - 4)));
    }
  }

  /**
   * Prints a text beside a rule.
   *
   * @param most lines; the rest is left out
   */
  void text(String text, int most) {
    String rule = style.dim(shell.terminal().unicode() ? "  │ " : "  | ");
    List<String> lines = Cells.wrap(Cells.clean(text), shell.textColumns() - 6);
    int shown = Math.min(lines.size(), most);
    for (int i = 0; i < shown; i++) {
      String rest = i == shown - 1 && shown < lines.size() ? " …" : "";
      shell.out().println(rule + lines.get(i) + rest);
    }
  }

  private static String reasons(Passage passage) {
    return passage.getReasonsList().stream()
        .map(reason -> reason.toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
