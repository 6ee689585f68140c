package dev.scriptorium.cli;

import dev.scriptorium.cli.BookImport.Status;
import java.io.PrintWriter;
import java.util.List;

/**
 * For terminals: a bar for every book under way at the foot of the screen, above them the lines of
 * those that ended. Draws on standard error; the result lines may go to standard output, which is
 * written while no bar is on the screen.
 */
final class BarDisplay implements ImportDisplay {
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final int BAR_CELLS = 20;
  private static final int PERCENT_CELLS = 6;

  private final PrintWriter screen;
  private final PrintWriter results;
  private final Terminal terminal;
  private final ImportLines lines;
  private final List<BookImport> books;
  private int drawn;

  BarDisplay(
      PrintWriter screen,
      PrintWriter results,
      Terminal terminal,
      ImportLines lines,
      List<BookImport> books) {
    this.screen = screen;
    this.results = results;
    this.terminal = terminal;
    this.lines = lines;
    this.books = books;
    screen.print(HIDE_CURSOR);
  }

  @Override
  public void step(BookImport book) {
    tick();
  }

  @Override
  public void end(BookImport book) {
    erase();
    screen.flush();
    results.println(lines.ended(book));
    results.flush();
    tick();
  }

  @Override
  public void tick() {
    StringBuilder frame = new StringBuilder();
    moveUp(frame);
    List<BookImport> active = books.stream().filter(BarDisplay::isUnderWay).toList();
    int shown = Math.min(active.size(), terminal.rows() - 3);
    active.stream().limit(shown).map(this::bar).forEach(bar -> append(frame, bar));
    drawn = shown;
    if (books.size() > 1 && !active.isEmpty()) {
      append(frame, total());
      drawn++;
    }
    screen.print(frame.append(ERASE_BELOW));
    screen.flush();
  }

  private static boolean isUnderWay(BookImport book) {
    return book.status() == Status.UPLOADING || (book.status() == Status.STORED && !book.ended());
  }

  private static void append(StringBuilder frame, String line) {
    frame.append(line).append(ERASE_LINE).append("\r\n");
  }

  private void moveUp(StringBuilder frame) {
    frame.append('\r');
    if (drawn > 0) {
      frame.append("\u001b[").append(drawn).append('A');
    }
  }

  private void erase() {
    StringBuilder frame = new StringBuilder();
    moveUp(frame);
    drawn = 0;
    screen.print(frame.append(ERASE_BELOW));
  }

  private String bar(BookImport book) {
    // The last cell stays free: a full line would wrap on some terminals.
    int available = terminal.columns() - 1 - BAR_CELLS - PERCENT_CELLS - 2;
    int name = Math.min(32, Math.max(8, available / 2));
    int activity = Math.max(0, available - name - 1);
    int percent = Math.clamp(book.percent(), 0, 100);
    return Cells.padded(ImportLines.fileName(book), name)
        + " "
        + blocks(percent)
        + Cells.right(percent + "%", PERCENT_CELLS - 1)
        + "  "
        + lines.style().dim(Cells.fit(Cells.clean(book.activity()), activity));
  }

  private String blocks(int percent) {
    int full = percent * BAR_CELLS / 100;
    String done = (terminal.unicode() ? "━" : "#").repeat(full);
    String open = (terminal.unicode() ? "─" : ".").repeat(BAR_CELLS - full);
    return lines.style().green(done) + lines.style().dim(open);
  }

  private String total() {
    long ended = books.stream().filter(BookImport::ended).count();
    long failed = books.stream().filter(book -> book.exitCode() != 0).count();
    String text = ended + " of " + Words.count(books.size(), "book");
    return lines.style().dim(failed == 0 ? text : text + ", " + failed + " failed");
  }

  @Override
  public void close() {
    erase();
    screen.print(SHOW_CURSOR);
    screen.flush();
  }
}
