package dev.scriptorium.cli;

import java.util.List;

/** Prints values behind labels, wrapped to the terminal. */
final class Labelled {
  /** Width of the margin that holds the labels. */
  static final int CELLS = 12;

  private final Shell shell;

  Labelled(Shell shell) {
    this.shell = shell;
  }

  /** Prints nothing when the value is blank. */
  void print(String label, String value) {
    if (value.isBlank()) {
      return;
    }
    List<String> lines = Cells.wrap(Cells.clean(value), shell.textColumns() - CELLS);
    String margin = shell.terminal().outStyle().dim(Cells.padded(label, CELLS));
    for (String line : lines) {
      shell.out().println(margin + line);
      margin = " ".repeat(CELLS);
    }
  }
}
