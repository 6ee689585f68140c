package dev.scriptorium.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The whole terminal, drawn again and again on the screen that editors use, so that what was there
 * before comes back with {@link #close}. Used by one thread.
 */
final class LiveScreen implements AutoCloseable {
  // A narrower window then cuts lines off and does not break them.
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
  private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter screen;
  private final Terminal terminal;
  private List<String> shown = List.of();

  LiveScreen(PrintWriter screen, Terminal terminal) {
    this.screen = screen;
    this.terminal = terminal;
    screen.print(ENTER);
    screen.flush();
  }

  /** Draws what is printed, as far as it fits; the last line of the screen is for the note. */
  void draw(Consumer<PrintWriter> content, String note) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    content.accept(out);
    out.flush();
    shown = text.toString().lines().toList();
    draw(note);
  }

  /** Draws the same again with another note. */
  void draw(String note) {
    int room = terminal.rows() - 2;
    List<String> lines = new ArrayList<>(shown);
    if (lines.size() > room) {
      int hidden = lines.size() - room + 1;
      lines = new ArrayList<>(lines.subList(0, room - 1));
      lines.add(Words.count(hidden, "line") + " more; a higher window shows them.");
    }
    lines.add("");
    lines.add(terminal.outStyle().dim(Cells.fit(note, terminal.columns() - 1)));
    StringBuilder frame = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      // Erased first: behind a line as wide as the window it would take the last cell away.
      frame.append(i == 0 ? "" : "\r\n").append(ERASE_LINE).append(lines.get(i));
    }
    screen.print(frame.append(ERASE_BELOW));
    screen.flush();
  }

  @Override
  public void close() {
    screen.print(LEAVE);
    screen.flush();
  }
}
