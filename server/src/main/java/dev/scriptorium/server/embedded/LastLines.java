package dev.scriptorium.server.embedded;

import java.util.ArrayDeque;

/** Keeps the last lines that a program wrote, for the message when it fails. Thread-safe. */
final class LastLines {
  private final int limit;
  private final ArrayDeque<String> lines = new ArrayDeque<>();

  /**
   * @param limit number of lines kept; at least 1
   */
  LastLines(int limit) {
    this.limit = limit;
  }

  synchronized void add(String line) {
    if (lines.size() == limit) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** The lines, oldest first, in one line. */
  @Override
  public synchronized String toString() {
    return String.join(" | ", lines);
  }
}
