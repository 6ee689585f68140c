package dev.scriptorium.plugin.analysis.text;

import java.util.regex.Pattern;

/** Line breaks of texts that were broken to fit a page. */
public final class LineBreaks {
  private static final Pattern BREAK = Pattern.compile("[ \\t\\r]*\\n[ \\t\\r\\n]*");

  private LineBreaks() {}

  /** The text with spaces for single line breaks; blank lines stay, and so does every offset. */
  public static String joined(String text) {
    return BREAK.matcher(text).replaceAll(found -> joint(found.group()));
  }

  private static String joint(String found) {
    boolean blankLine = found.indexOf('\n') < found.lastIndexOf('\n');
    return blankLine ? "\n\n" + " ".repeat(found.length() - 2) : " ".repeat(found.length());
  }
}
