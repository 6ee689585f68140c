package dev.scriptorium.samples.pdf;

import java.util.ArrayList;
import java.util.List;

/** Text in one style. */
record Run(String text, Style style) {
  /** How letters look. */
  enum Style {
    REGULAR,
    ITALIC,
    BOLD
  }

  /** Splits a paragraph at its {@code **bold**} and {@code *italic*} marks. */
  static List<Run> parse(String paragraph) {
    List<Run> runs = new ArrayList<>();
    Style style = Style.REGULAR;
    int start = 0;
    for (int at = paragraph.indexOf('*'); at >= 0; at = paragraph.indexOf('*', start)) {
      add(runs, paragraph.substring(start, at), style);
      boolean two = paragraph.startsWith("**", at);
      Style marked = two ? Style.BOLD : Style.ITALIC;
      style = style == marked ? Style.REGULAR : marked;
      start = at + (two ? 2 : 1);
    }
    add(runs, paragraph.substring(start), style);
    return runs;
  }

  private static void add(List<Run> runs, String text, Style style) {
    if (!text.isEmpty()) {
      runs.add(new Run(text, style));
    }
  }
}
