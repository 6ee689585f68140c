package dev.scriptorium.samples.epub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the mark-up of a chapter into XHTML. Blocks are separated by blank lines: {@code # Title},
 * {@code ***} for a pause, {@code ![alt](file "caption")} for a picture, {@code > } for a
 * quotation, {@code [^name]: } for a note, anything else a paragraph; inside, {@code *emphasis*}
 * and {@code [^name]} for the reference to a note.
 */
final class ChapterMarkup {
  private static final Pattern NOTE = Pattern.compile("\\[\\^([a-z]+)]: (.*)", Pattern.DOTALL);
  private static final Pattern PICTURE = Pattern.compile("!\\[([^]]*)]\\(([^ )]+) \"([^\"]*)\"\\)");
  private static final Pattern REFERENCE = Pattern.compile("\\[\\^([a-z]+)]");
  private static final Pattern EMPHASIS = Pattern.compile("\\*([^*]+)\\*");

  private final Counters counters;
  private final Map<String, String> notes = new LinkedHashMap<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Integer> pages = new ArrayList<>();
  private final List<String> pictures = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private String title = "";
  private boolean afterPause;

  private ChapterMarkup(Counters counters) {
    this.counters = counters;
  }

  /**
   * Reads a chapter.
   *
   * @param counters of the book; counted on
   */
  static Chapter read(String markup, Counters counters) {
    ChapterMarkup chapter = new ChapterMarkup(counters);
    String[] blocks = markup.strip().split("\\n\\s*\\n", -1);
    for (String block : blocks) {
      chapter.collectNote(block.strip());
    }
    counters.endPage();
    for (String block : blocks) {
      chapter.block(block.strip());
    }
    chapter.appendNotes();
    return new Chapter(chapter.title, chapter.body.toString(), chapter.pages, chapter.pictures);
  }

  private void collectNote(String block) {
    Matcher note = NOTE.matcher(block);
    if (note.matches()) {
      notes.put(note.group(1), note.group(2));
    }
  }

  private void block(String block) {
    Matcher picture = PICTURE.matcher(block);
    if (block.startsWith("# ")) {
      title = block.substring(2);
    } else if (block.equals("***")) {
      body.append("<hr class=\"pause\"/>\n");
      afterPause = true;
    } else if (picture.matches()) {
      picture(picture.group(1), picture.group(2), picture.group(3));
    } else if (block.startsWith("> ")) {
      body.append("<blockquote>\n")
          .append(paragraph(block.substring(2), ""))
          .append("</blockquote>\n");
    } else if (!NOTE.matcher(block).matches()) {
      boolean first = body.isEmpty() || afterPause;
      body.append(paragraph(block, first ? " class=\"first\"" : ""));
      afterPause = false;
    }
  }

  private String paragraph(String text, String attributes) {
    String pageBreak = counters.pageBegins() ? pageBreak(counters.page()) : "";
    counters.count(text);
    return "<p%s>%s%s</p>\n".formatted(attributes, pageBreak, inline(text));
  }

  private String pageBreak(int page) {
    pages.add(page);
    return "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-%d\" aria-label=\"%d\"></span>"
        .formatted(page, page);
  }

  private void picture(String alt, String file, String caption) {
    pictures.add(file);
    body.append(
        """
        <figure>
        <img src="images/%s" alt="%s"/>
        <figcaption>%s</figcaption>
        </figure>
        """
            .formatted(file, Xml.escape(alt), inline(caption)));
  }

  private String inline(String text) {
    String escaped = Xml.escape(text.replace('\n', ' '));
    String emphasised = EMPHASIS.matcher(escaped).replaceAll("<em>$1</em>");
    return REFERENCE.matcher(emphasised).replaceAll(match -> reference(match.group(1)));
  }

  private String reference(String name) {
    if (!notes.containsKey(name)) {
      throw new IllegalArgumentException("There is no note [^" + name + "] in " + title);
    }
    int number = numbers.computeIfAbsent(name, _ -> counters.nextNote());
    return "<a epub:type=\"noteref\" role=\"doc-noteref\" id=\"ref-%s\" href=\"#note-%s\">%d</a>"
        .formatted(name, name, number);
  }

  private void appendNotes() {
    for (Map.Entry<String, Integer> note : numbers.entrySet()) {
      body.append(
          """
          <aside epub:type="footnote" role="doc-footnote" id="note-%s">
          <p><a href="#ref-%s">%d</a> %s</p>
          </aside>
          """
              .formatted(
                  note.getKey(),
                  note.getKey(),
                  note.getValue(),
                  inline(notes.getOrDefault(note.getKey(), ""))));
    }
  }

  /**
   * A chapter, ready for a page.
   *
   * @param title without mark-up
   * @param body XHTML blocks after the heading
   * @param pages numbers of the pages that begin in it
   * @param pictures file names in order of appearance
   */
  record Chapter(String title, String body, List<Integer> pages, List<String> pictures) {
    Chapter {
      pages = List.copyOf(pages);
      pictures = List.copyOf(pictures);
    }
  }
}
