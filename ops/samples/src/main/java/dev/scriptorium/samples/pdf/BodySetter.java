package dev.scriptorium.samples.pdf;

import dev.scriptorium.samples.pdf.LineBreaker.SetLine;
import dev.scriptorium.samples.pdf.Manuscript.Block;
import dev.scriptorium.samples.pdf.Manuscript.Figure;
import dev.scriptorium.samples.pdf.Manuscript.Paragraph;
import dev.scriptorium.samples.pdf.Manuscript.Part;
import dev.scriptorium.samples.pdf.Manuscript.Section;
import dev.scriptorium.samples.pdf.Run.Style;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageXYZDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.jspecify.annotations.Nullable;

/** Sets the chapters: pages with running heads and numbers, one or two columns. Used once. */
final class BodySetter {
  static final float LEADING = 13.5f;

  private static final float GAP = 18;
  private static final float FIRST_LINE = 150;
  private static final float HEADING_Y = 104;

  private final PDDocument document;
  private final Fonts fonts;
  private final Manuscript book;
  private final int frontPages;
  private final PDDocumentOutline outline = new PDDocumentOutline();
  private final Flow justified;
  private final Flow columns;

  private @Nullable Sheet sheet;
  private @Nullable PDOutlineItem chapter;
  private Flow flow;
  private String running = "";
  private int column;
  private float columnTop;
  private float y;

  /**
   * How text runs.
   *
   * @param columns on a page
   * @param size of the letters
   * @param leading distance of the lines
   * @param indent of a paragraph's first line
   * @param spaceBetween paragraphs
   * @param justified false for ragged right edges
   */
  private record Flow(
      int columns,
      float size,
      float leading,
      float indent,
      float spaceBetween,
      boolean justified,
      LineBreaker breaker) {

    float width() {
      return (Sheet.TEXT_WIDTH - (columns - 1) * GAP) / columns;
    }
  }

  BodySetter(PDDocument document, Fonts fonts, Manuscript book, int frontPages) {
    this.document = document;
    this.fonts = fonts;
    this.book = book;
    this.frontPages = frontPages;
    this.justified = flow(1, 10.5f, LEADING, 14, 0, true);
    this.columns = flow(2, 9, 11.5f, 0, 5, false);
    this.flow = justified;
    document.getDocumentCatalog().setDocumentOutline(outline);
  }

  private Flow flow(
      int columnCount, float size, float leading, float indent, float space, boolean justify) {
    LineBreaker breaker = new LineBreaker(fonts, book.hyphenation(), size);
    return new Flow(columnCount, size, leading, indent, space, justify, breaker);
  }

  /**
   * Sets a chapter, beginning on a new page.
   *
   * @return number printed on its first page
   */
  int part(Part part) throws IOException {
    finish();
    flow = part.columns() == 1 ? justified : columns;
    running = part.title();
    openSheet();
    int number = number();
    title(part.title());
    Typesetter.folio(open(), String.valueOf(number));
    columnTop = FIRST_LINE;
    y = columnTop;
    boolean indent = false;
    for (Block block : part.blocks()) {
      set(block, indent);
      indent = block instanceof Paragraph;
    }
    return number;
  }

  /** Ends the page. */
  void finish() throws IOException {
    if (sheet != null) {
      sheet.close();
      sheet = null;
    }
  }

  private Sheet open() {
    return Objects.requireNonNull(sheet);
  }

  private int number() {
    return document.getNumberOfPages() - frontPages;
  }

  private void openSheet() throws IOException {
    sheet = new Sheet(document, fonts);
    column = 0;
    columnTop = Sheet.TOP;
    y = columnTop;
  }

  /** A page within a chapter, with a running head: the book's title on the left-hand pages. */
  private void nextSheet() throws IOException {
    finish();
    openSheet();
    int number = number();
    boolean left = number % 2 == 0;
    String head = left ? book.title() : running;
    float x = left ? Sheet.MARGIN : Sheet.WIDTH - Sheet.MARGIN - fonts.width(head, Style.ITALIC, 9);
    open().text(x, 42, 9, Style.ITALIC, head);
    Typesetter.folio(open(), String.valueOf(number));
  }

  private void title(String title) throws IOException {
    open().text(Sheet.MARGIN, HEADING_Y, 19, Style.BOLD, title);
    chapter = entry(title, HEADING_Y - 24);
    outline.addLast(chapter);
  }

  private PDOutlineItem entry(String title, float top) {
    PDPageXYZDestination target = new PDPageXYZDestination();
    target.setPage(open().page);
    target.setLeft((int) (left() - 2));
    target.setTop((int) (Sheet.HEIGHT - top));
    PDOutlineItem item = new PDOutlineItem();
    item.setTitle(title);
    item.setDestination(target);
    return item;
  }

  private float left() {
    return Sheet.MARGIN + column * (flow.width() + GAP);
  }

  private void set(Block block, boolean indent) throws IOException {
    switch (block) {
      case Section section -> section(section.title());
      case Figure figure -> figure(figure.name());
      case Paragraph paragraph -> paragraph(paragraph, indent);
    }
  }

  private void section(String title) throws IOException {
    y += flow.leading();
    makeRoom(3 * flow.leading());
    Objects.requireNonNull(chapter).addLast(entry(title, y - flow.leading()));
    open().text(left(), y, flow.size() + 2, Style.BOLD, title);
    y += 1.4f * flow.leading();
  }

  private void figure(String name) throws IOException {
    makeRoom(Drawings.HEIGHT + flow.leading());
    open().draw(left(), y + Drawings.HEIGHT, Drawings.named(name));
    y += Drawings.HEIGHT + 2 * flow.leading();
  }

  private void paragraph(Paragraph paragraph, boolean indent) throws IOException {
    float inset = paragraph.quotation() ? flow.indent() : 0;
    float first = indent && !paragraph.quotation() ? flow.indent() : inset;
    y += paragraph.quotation() ? flow.leading() / 2 : 0;
    List<SetLine> lines =
        flow.breaker().lines(paragraph.runs(), flow.width() - first, flow.width() - 2 * inset);
    for (int i = 0; i < lines.size(); i++) {
      makeRoom(flow.leading());
      float x = i == 0 ? first : inset;
      line(lines.get(i), x, flow.width() - x - inset);
      y += flow.leading();
    }
    y += paragraph.quotation() ? flow.leading() / 2 : flow.spaceBetween();
  }

  private void line(SetLine line, float x, float width) throws IOException {
    boolean stretch = flow.justified() && !line.last() && line.spaces() > 0;
    float spacing = stretch ? (width - line.width()) / line.spaces() : 0;
    open().runs(left() + x, y, flow.size(), spacing, line.runs());
  }

  private void makeRoom(float height) throws IOException {
    if (y + height <= Sheet.BOTTOM + flow.leading()) {
      return;
    }
    if (column + 1 < flow.columns()) {
      column++;
      y = columnTop;
    } else {
      nextSheet();
    }
  }
}
