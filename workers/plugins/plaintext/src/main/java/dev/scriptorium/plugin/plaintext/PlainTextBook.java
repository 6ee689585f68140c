package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.LineJoint;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import dev.scriptorium.booktext.Words;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain text told as HTML: paragraphs, verse, and headings where chapters begin. */
final class PlainTextBook {
  private static final int HEADER_LINES = 60;
  private static final Pattern FIELD = Pattern.compile("(Title|Author|Language):\\s+(.{1,200})");

  private final TextLines lines;
  private final BitSet headings;
  private final Map<String, String> fields = new HashMap<>();

  PlainTextBook(String text) {
    lines = new TextLines(text);
    HeadingSearch search = new HeadingSearch();
    lines.forEach(
        paragraph -> {
          search.take(paragraph);
          readFields(paragraph);
        });
    headings = search.finish();
  }

  /**
   * Value of a field that digital libraries put on top of their files.
   *
   * @param field {@code Title}, {@code Author} or {@code Language}
   * @return empty when there is none
   */
  String header(String field) {
    return fields.getOrDefault(field, "");
  }

  void tell(MarkupHandler handler) {
    handler.start("body", MarkupAttributes.of());
    int[] next = new int[1];
    lines.forEach(paragraph -> tell(handler, headings.get(next[0]++) ? "h2" : "p", paragraph));
    handler.end("body");
  }

  private static void tell(MarkupHandler handler, String element, TextLines.Paragraph paragraph) {
    handler.start(element, MarkupAttributes.of());
    List<String> lines = paragraph.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0 && paragraph.verse()) {
        handler.start("br", MarkupAttributes.of());
        handler.end("br");
      } else if (i > 0) {
        text(handler, LineJoint.between(lines.get(i - 1), lines.get(i)));
      }
      text(handler, lines.get(i));
    }
    handler.end(element);
  }

  private static void text(MarkupHandler handler, String text) {
    TextPieces.tell(text, 0, text.length(), handler);
  }

  private void readFields(TextLines.Paragraph paragraph) {
    if (paragraph.firstLine() <= HEADER_LINES) {
      for (String line : paragraph.lines()) {
        Matcher matcher = FIELD.matcher(line);
        if (matcher.matches()) {
          fields.putIfAbsent(matcher.group(1), matcher.group(2).strip());
        }
      }
    }
  }

  /** Finds the paragraphs that head a chapter: they look like it, and enough text follows. */
  private static final class HeadingSearch {
    /** A heading with fewer words before the next one is a line of a printed contents list. */
    private static final int MIN_CHAPTER_WORDS = 25;

    private final BitSet headings = new BitSet();
    private int paragraphs;
    private int candidate = -1;
    private int words;

    void take(TextLines.Paragraph paragraph) {
      int number = paragraphs++;
      boolean looksLikeOne =
          paragraph.lines().size() <= 2 && HeadingPattern.matches(paragraph.lines().getFirst());
      if (looksLikeOne) {
        settle();
        candidate = number;
        words = 0;
      } else if (words < MIN_CHAPTER_WORDS) {
        words += Words.count(paragraph.text());
      }
    }

    /** Numbers of the paragraphs, from 0. */
    BitSet finish() {
      settle();
      return headings;
    }

    private void settle() {
      if (candidate >= 0 && words >= MIN_CHAPTER_WORDS) {
        headings.set(candidate);
      }
    }
  }
}
