package dev.scriptorium.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a command sees of the outside.
 *
 * @param in standard input
 * @param out results
 * @param err all else
 * @param terminal what can be drawn
 * @param environment variables
 * @param home the user's home directory
 * @param zone the user's time zone
 */
record Shell(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal,
    Map<String, String> environment,
    Path home,
    ZoneId zone) {

  /** A variable's value, or the empty string. */
  String variable(String name) {
    return environment.getOrDefault(name, "").trim();
  }

  /** Width for running text: comfortable to read, and no wider than the terminal. */
  int textColumns() {
    return Math.min(terminal.columns(), 100);
  }
}
