package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.LineJoint;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Markdown that books use, told as HTML: headings, paragraphs, lists, quotes, rules,
 * code, emphasis, links and pictures. What is not known stays text.
 */
final class MarkdownBook {
  /** Longer lines are text: no heading, rule or item is that long, and patterns recurse. */
  private static final int LONGEST_MARK = 2_000;

  private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*?)\\s*#*");
  private static final Pattern UNDERLINE = Pattern.compile("(=+|-{3,})\\s*");
  private static final Pattern RULE = Pattern.compile("([-*_])(\\s*\\1){2,}\\s*");
  private static final Pattern BULLET = Pattern.compile("\\s{0,6}([-*+]|\\d{1,4}[.)])\\s+(.*)");

  private final String text;
  private final MarkupHandler handler;
  private final List<String> paragraph = new ArrayList<>();
  private String list = "";
  private boolean quote;
  private boolean code;

  MarkdownBook(String text, MarkupHandler handler) {
    this.text = text;
    this.handler = handler;
  }

  void tell() {
    start("body");
    TextLines.forEachLine(text, this::take);
    endParagraph();
    tag(false, code ? "pre" : "");
    endBlocks();
    end("body");
  }

  private void take(String line) {
    if (line.startsWith("```") || line.startsWith("~~~")) {
      endParagraph();
      code = !code;
      tag(code, "pre");
    } else if (code) {
      text(line + "\n");
    } else if (line.length() > LONGEST_MARK) {
      paragraph.add(line.strip());
    } else {
      line(line);
    }
  }

  /** Titles of the headings of the first level, the title of most books. */
  static String title(String text) {
    Matcher matcher = Pattern.compile("(?m)^#\\s+(.{1,200})$").matcher(text);
    return matcher.find() ? matcher.group(1).strip() : "";
  }

  private void line(String line) {
    Matcher heading = HEADING.matcher(line);
    Matcher bullet = BULLET.matcher(line);
    if (line.isBlank()) {
      endParagraph();
      endBlocks();
    } else if (heading.matches()) {
      heading(heading.group(1).length(), heading.group(2));
    } else if (paragraph.size() == 1 && UNDERLINE.matcher(line).matches()) {
      String title = paragraph.removeLast();
      heading(line.startsWith("=") ? 1 : 2, title);
    } else if (RULE.matcher(line).matches()) {
      endParagraph();
      endBlocks();
      start("hr");
      end("hr");
    } else if (bullet.matches()) {
      item(bullet.group(1), bullet.group(2));
    } else if (line.startsWith(">")) {
      startQuote();
      paragraph.add(line.substring(1).strip());
    } else {
      paragraph.add(line.endsWith("  ") ? line.strip() + "\n" : line.strip());
    }
  }

  private void heading(int level, String title) {
    endParagraph();
    endBlocks();
    start("h" + level);
    MarkdownInline.tell(title, handler);
    end("h" + level);
  }

  private void item(String mark, String text) {
    endParagraph();
    if (list.isEmpty()) {
      list = Character.isDigit(mark.charAt(0)) ? "ol" : "ul";
      start(list);
    }
    paragraph.add(text);
  }

  private void startQuote() {
    if (!quote) {
      endParagraph();
      endBlocks();
      start("blockquote");
      quote = true;
    }
  }

  private void endParagraph() {
    if (paragraph.isEmpty()) {
      return;
    }
    String element = list.isEmpty() ? "p" : "li";
    start(element);
    String joined = LineJoint.join(paragraph);
    String[] hardLines = joined.split("\n", -1);
    for (int i = 0; i < hardLines.length; i++) {
      if (i > 0 && !hardLines[i].isBlank()) {
        start("br");
        end("br");
      }
      MarkdownInline.tell(hardLines[i], handler);
    }
    end(element);
    paragraph.clear();
  }

  private void endBlocks() {
    tag(false, list);
    list = "";
    tag(false, quote ? "blockquote" : "");
    quote = false;
  }

  private void tag(boolean starts, String element) {
    if (!element.isEmpty()) {
      if (starts) {
        start(element);
      } else {
        end(element);
      }
    }
  }

  private void start(String element) {
    handler.start(element, MarkupAttributes.of());
  }

  private void end(String element) {
    handler.end(element);
  }

  private void text(String text) {
    TextPieces.tell(text, 0, text.length(), handler);
  }
}
