package dev.scriptorium.plugin.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Sets whole books in a {@link Style}, with an embedded font. Not thread-safe. */
final class Press implements AutoCloseable {
  private static final float WIDTH = 420;
  private static final float HEIGHT = 600;
  private static final float SIZE = 10;
  private static final float LEADING = 12.5f;
  private static final float LEFT = 45;
  private static final float RIGHT = 375;
  private static final float TOP = 75;
  private static final float BOTTOM = 520;
  private static final float GUTTER = 20;
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private final Style style;
  private final PDDocument document = new PDDocument();
  private final PDFont font;
  private PDPageContentStream page;
  private int pages;
  private int column;
  private float y;
  private float inset;
  private int insetLines;
  private String head = "";
  private String note = "";

  Press(Style style) throws IOException {
    this.style = style;
    try (InputStream in = Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT))) {
      font = PDType0Font.load(document, in, true);
    }
    page = open();
  }

  /** Begins a chapter on a new page; gives its number. */
  int chapter(String title) throws IOException {
    if (pages > 1 || y > TOP) {
      nextPage();
    }
    head = "";
    y = TOP + 60;
    float x = style.centred() ? (LEFT + RIGHT - width(title, style.heading())) / 2 : LEFT;
    show(x, y, style.heading(), title);
    head = title;
    y += 40;
    return pages;
  }

  /**
   * Sets a paragraph.
   *
   * @param words each a list of syllables
   * @param first true for the first of a chapter
   * @param footnote what its last word refers to; empty for none
   */
  void paragraph(List<List<String>> words, boolean first, String footnote) throws IOException {
    float indent = style.indented() && !first ? 12 : 0;
    List<List<String>> rest = words;
    if (first && style.dropCaps()) {
      rest = dropCap(words);
    }
    List<String> line = new ArrayList<>();
    float used = 0;
    for (List<String> word : rest) {
      String whole = String.join("", word);
      float room = columnWidth() - indent - inset() - used - (line.isEmpty() ? 0 : space());
      if (width(whole, SIZE) <= room) {
        used += width(whole, SIZE) + (line.isEmpty() ? 0 : space());
        line.add(whole);
        continue;
      }
      int syllables = fitting(word, room);
      if (syllables > 0) {
        line.add(String.join("", word.subList(0, syllables)) + style.hyphens());
      }
      line(line, indent, true);
      indent = 0;
      line.clear();
      String tail = String.join("", word.subList(syllables, word.size()));
      line.add(tail);
      used = width(tail, SIZE);
    }
    float end = line(line, indent, false);
    if (!footnote.isEmpty() && style.notes() && note.isEmpty()) {
      note = footnote;
      show(end, y - LEADING - 3.5f, 6, "1");
    }
    y += style.indented() ? 0 : 0.7f * LEADING;
  }

  private List<List<String>> dropCap(List<List<String>> words) throws IOException {
    String first = String.join("", words.getFirst());
    String letter = first.substring(0, 1);
    show(columnLeft(), y + LEADING, 2.9f * SIZE, letter);
    inset = width(letter, 2.9f * SIZE) + 3;
    insetLines = 2;
    List<List<String>> rest = new ArrayList<>(words);
    rest.set(0, List.of(first.substring(1)));
    return rest;
  }

  private float inset() {
    return insetLines > 0 ? inset : 0;
  }

  private int fitting(List<String> word, float room) throws IOException {
    int syllables = style.hyphens().isEmpty() ? 0 : word.size() - 1;
    while (syllables > 0 && width(String.join("", word.subList(0, syllables)) + "-", SIZE) > room) {
      syllables--;
    }
    return syllables;
  }

  /** Draws a line; gives the x at its end. */
  private float line(List<String> words, float indent, boolean justified) throws IOException {
    if (y > BOTTOM) {
      nextColumn();
    }
    float x = columnLeft() + indent + inset();
    float width = 0;
    for (String word : words) {
      width += width(word, SIZE);
    }
    float gap =
        justified && words.size() > 1
            ? (columnWidth() - indent - inset() - width) / (words.size() - 1)
            : space();
    page.beginText();
    page.setFont(font, SIZE);
    page.newLineAtOffset(x, HEIGHT - y);
    List<Object> run = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean last = i == words.size() - 1;
      run.add(shown(words.get(i)) + (style.spaces() && !last ? " " : ""));
      if (!last) {
        run.add(-(gap - (style.spaces() ? space() : 0)) * 1000 / SIZE);
      }
    }
    page.showTextWithPositioning(run.toArray());
    page.endText();
    y += LEADING;
    insetLines--;
    return x + width + gap * (words.size() - 1);
  }

  private void nextColumn() throws IOException {
    insetLines = 0;
    if (column + 1 < style.columns()) {
      column++;
      y = TOP;
    } else {
      nextPage();
    }
  }

  private void nextPage() throws IOException {
    close(page);
    page = open();
  }

  private PDPageContentStream open() throws IOException {
    PDPage sheet = new PDPage(new PDRectangle(WIDTH, HEIGHT));
    document.addPage(sheet);
    pages++;
    column = 0;
    y = TOP;
    note = "";
    page = new PDPageContentStream(document, sheet);
    if (!style.headsLast()) {
      furniture();
    }
    return page;
  }

  private void close(PDPageContentStream sheet) throws IOException {
    if (!note.isEmpty()) {
      show(LEFT, 555, 8, "1 " + note);
    }
    if (style.headsLast()) {
      furniture();
    }
    sheet.close();
  }

  private void furniture() throws IOException {
    if (!head.isEmpty()) {
      show(pages % 2 == 0 ? LEFT : LEFT + 150, 40, 8, pages % 2 == 0 ? "THE BOOK" : head);
    }
    show((LEFT + RIGHT) / 2, 580, 9, String.valueOf(pages));
  }

  private void show(float x, float baseline, float size, String text) throws IOException {
    page.beginText();
    page.setFont(font, size);
    page.newLineAtOffset(x, HEIGHT - baseline);
    page.showText(text);
    page.endText();
  }

  private String shown(String word) {
    return style.ligatures() ? word.replace("fi", "\uFB01").replace("fl", "\uFB02") : word;
  }

  private float width(String text, float size) throws IOException {
    return font.getStringWidth(shown(text)) / 1000 * size;
  }

  private float space() throws IOException {
    return font.getStringWidth(" ") / 1000 * SIZE;
  }

  private float columnWidth() {
    return style.columns() == 1 ? RIGHT - LEFT : (RIGHT - LEFT - GUTTER) / 2;
  }

  private float columnLeft() {
    return LEFT + column * (columnWidth() + GUTTER);
  }

  /** Ends the book. */
  Path save(Path file) throws IOException {
    close(page);
    document.save(file.toFile());
    return file;
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
