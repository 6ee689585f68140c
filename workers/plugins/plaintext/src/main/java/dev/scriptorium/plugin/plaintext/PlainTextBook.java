package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import dev.scriptorium.booktext.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain text told as HTML: paragraphs, verse, and headings where chapters begin. */
final class PlainTextBook {
  /** A heading with fewer words before the next one is a line of a printed contents list. */
  private static final int MIN_CHAPTER_WORDS = 25;

  private static final int HEADER_LINES = 60;
  private static final Pattern FIELD = Pattern.compile("(Title|Author|Language):\\s+(.{1,200})");

  private final List<TextLines.Paragraph> paragraphs;
  private final boolean[] headings;

  PlainTextBook(String text) {
    paragraphs = TextLines.paragraphs(text);
    headings = headings(paragraphs);
  }

  /**
   * Value of a field that digital libraries put on top of their files.
   *
   * @param field {@code Title}, {@code Author} or {@code Language}
   * @return empty when there is none
   */
  String header(String field) {
    for (TextLines.Paragraph paragraph : paragraphs) {
      if (paragraph.firstLine() > HEADER_LINES) {
        return "";
      }
      for (String line : paragraph.lines()) {
        Matcher matcher = FIELD.matcher(line);
        if (matcher.matches() && matcher.group(1).equals(field)) {
          return matcher.group(2).strip();
        }
      }
    }
    return "";
  }

  void tell(MarkupHandler handler) {
    handler.start("body", MarkupAttributes.of());
    for (int i = 0; i < paragraphs.size(); i++) {
      tell(handler, headings[i] ? "h2" : "p", paragraphs.get(i));
    }
    handler.end("body");
  }

  private static void tell(MarkupHandler handler, String element, TextLines.Paragraph paragraph) {
    handler.start(element, MarkupAttributes.of());
    for (int i = 0; i < paragraph.lines().size(); i++) {
      if (i > 0 && paragraph.verse()) {
        handler.start("br", MarkupAttributes.of());
        handler.end("br");
      } else if (i > 0) {
        text(handler, " ");
      }
      text(handler, paragraph.lines().get(i));
    }
    handler.end(element);
  }

  private static void text(MarkupHandler handler, String text) {
    char[] chars = text.toCharArray();
    handler.text(chars, 0, chars.length);
  }

  private static boolean[] headings(List<TextLines.Paragraph> paragraphs) {
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < paragraphs.size(); i++) {
      TextLines.Paragraph paragraph = paragraphs.get(i);
      if (paragraph.lines().size() <= 2 && HeadingPattern.matches(paragraph.lines().getFirst())) {
        candidates.add(i);
      }
    }
    boolean[] headings = new boolean[paragraphs.size()];
    for (int c = 0; c < candidates.size(); c++) {
      int from = candidates.get(c);
      int to = c + 1 < candidates.size() ? candidates.get(c + 1) : paragraphs.size();
      headings[from] = wordsReach(paragraphs.subList(from + 1, to));
    }
    return headings;
  }

  private static boolean wordsReach(List<TextLines.Paragraph> body) {
    int words = 0;
    for (TextLines.Paragraph paragraph : body) {
      words += Words.count(paragraph.text());
      if (words >= MIN_CHAPTER_WORDS) {
        return true;
      }
    }
    return false;
  }
}
