package dev.scriptorium.cli;

import com.google.gson.JsonElement;
import dev.scriptorium.client.ScriptoriumException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows something that changes: as JSON a line a change, on a terminal over the whole screen, in a
 * pipe a line for every part that has changed.
 *
 * @param <T> what is shown
 */
final class LiveView<T> implements AutoCloseable {
  private static final String FOOT = "Ctrl-C ends.";

  private final Shell shell;
  private final InstantSource clock;
  private final Form<T> form;
  private final boolean json;
  private final @Nullable LiveScreen screen;
  private Map<String, String> told = new LinkedHashMap<>();

  /**
   * How it looks.
   *
   * @param <T> what is shown
   * @param json for programs
   * @param page for a terminal
   * @param lines for a pipe: a line for each part, by a name that stays the same
   */
  record Form<T>(
      Function<T, JsonElement> json,
      BiConsumer<T, PrintWriter> page,
      Function<T, Map<String, String>> lines) {}

  /**
   * @param json print JSON, whatever the terminal
   */
  LiveView(Shell shell, InstantSource clock, Form<T> form, boolean json) {
    this.shell = shell;
    this.clock = clock;
    this.form = form;
    this.json = json;
    boolean whole = !json && shell.terminal().out() && shell.terminal().cursor();
    this.screen = whole ? new LiveScreen(shell.out(), shell.terminal()) : null;
  }

  /** What it is now. */
  void show(T now) {
    if (json) {
      shell.out().println(ProtoJson.line(form.json().apply(now)));
      shell.out().flush();
    } else if (screen == null) {
      printChanges(form.lines().apply(now));
    } else {
      screen.draw(out -> form.page().accept(now, out), time() + "  " + FOOT);
    }
  }

  /** The server is away, and is asked again. */
  void broken(ScriptoriumException error) {
    String note = Cells.clean(error.getMessage() + "; trying again");
    if (screen == null) {
      shell.err().println("scriptorium: " + note);
    } else {
      screen.draw(time() + "  " + note + "  " + FOOT);
    }
  }

  private void printChanges(Map<String, String> now) {
    now.forEach(
        (part, line) -> {
          if (!line.equals(told.get(part))) {
            shell.out().println(time() + "  " + line);
          }
        });
    told.keySet().stream()
        .filter(part -> !now.containsKey(part))
        .forEach(part -> shell.out().println(time() + "  " + part + " is gone"));
    told = new LinkedHashMap<>(now);
    shell.out().flush();
  }

  private String time() {
    return Words.clock(clock.instant(), shell.zone());
  }

  @Override
  public void close() {
    if (screen != null) {
      screen.close();
    }
  }
}
