package dev.scriptorium.plugin.pdf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDPageLabelRange;
import org.apache.pdfbox.pdmodel.common.PDPageLabels;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageXYZDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.util.Matrix;

/** Typesets small PDFs for tests. Pages are 400 by 600 points; y counts from the top. */
final class PdfBook implements AutoCloseable {
  static final float WIDTH = 400;
  static final float HEIGHT = 600;
  static final float SIZE = 10;
  static final float LEADING = 12;
  static final float MARGIN = 50;
  static final float TOP = 70;

  final PDDocument document = new PDDocument();
  private final PDFont regular = new PDType1Font(FontName.TIMES_ROMAN);
  private final PDFont bold = new PDType1Font(FontName.TIMES_BOLD);
  private final List<PDPage> pages = new ArrayList<>();
  private final PDDocumentOutline outline = new PDDocumentOutline();

  private PdfBook() {}

  /** An empty book; the fonts of the machine are not searched. */
  static PdfBook create() throws IOException {
    BundledFonts.use();
    return new PdfBook();
  }

  /** Width of a text in the usual size. */
  float width(String text) throws IOException {
    return regular.getStringWidth(text) / 1000 * SIZE;
  }

  PdfBook page() {
    PDPage page = new PDPage(new PDRectangle(WIDTH, HEIGHT));
    document.addPage(page);
    pages.add(page);
    return this;
  }

  PdfBook line(float x, float y, String text) throws IOException {
    return draw(x, y, SIZE, regular, text);
  }

  PdfBook line(float x, float y, float size, String text) throws IOException {
    return draw(x, y, size, regular, text);
  }

  PdfBook heading(float y, String text) throws IOException {
    return draw(MARGIN, y, 18, bold, text);
  }

  /** Lines one below the other; a leading tab indents a line. */
  PdfBook lines(float x, float y, String... lines) throws IOException {
    for (int i = 0; i < lines.length; i++) {
      boolean indented = lines[i].startsWith("\t");
      line(x + (indented ? 12 : 0), y + i * LEADING, lines[i].strip());
    }
    return this;
  }

  private PdfBook draw(float x, float y, float size, PDFont font, String text) throws IOException {
    try (PDPageContentStream content =
        new PDPageContentStream(
            document, pages.getLast(), PDPageContentStream.AppendMode.APPEND, false)) {
      content.beginText();
      content.setFont(font, size);
      content.newLineAtOffset(x, HEIGHT - y);
      content.showText(text);
      content.endText();
    }
    return this;
  }

  /** A line that runs upwards, or wherever its angle in degrees turns it. */
  PdfBook turned(float x, float y, double angle, String text) throws IOException {
    try (PDPageContentStream content =
        new PDPageContentStream(
            document, pages.getLast(), PDPageContentStream.AppendMode.APPEND, false)) {
      content.beginText();
      content.setFont(regular, SIZE);
      content.setTextMatrix(Matrix.getRotateInstance(Math.toRadians(angle), x, HEIGHT - y));
      content.showText(text);
      content.endText();
    }
    return this;
  }

  /** A line that ends exactly at the right edge, as justified text does. */
  PdfBook justified(float x, float y, float width, String text) throws IOException {
    float natural = regular.getStringWidth(text) / 1000 * SIZE;
    int spaces = (int) text.chars().filter(c -> c == ' ').count();
    try (PDPageContentStream content =
        new PDPageContentStream(
            document, pages.getLast(), PDPageContentStream.AppendMode.APPEND, false)) {
      content.beginText();
      content.setFont(regular, SIZE);
      content.setWordSpacing((width - natural) / spaces);
      content.newLineAtOffset(x, HEIGHT - y);
      content.showText(text);
      content.endText();
    }
    return this;
  }

  /** An entry of the outline for the current page. */
  PDOutlineItem entry(String title, float y) {
    PDPageXYZDestination target = new PDPageXYZDestination();
    target.setPage(pages.getLast());
    target.setLeft(0);
    target.setTop((int) (HEIGHT - y));
    PDOutlineItem item = new PDOutlineItem();
    item.setTitle(title);
    item.setDestination(target);
    return item;
  }

  PdfBook outline(String title, float y) {
    outline.addLast(entry(title, y));
    document.getDocumentCatalog().setDocumentOutline(outline);
    return this;
  }

  PdfBook romanPages(int count) {
    PDPageLabels labels = new PDPageLabels(document);
    PDPageLabelRange front = new PDPageLabelRange();
    front.setStyle(PDPageLabelRange.STYLE_ROMAN_LOWER);
    PDPageLabelRange body = new PDPageLabelRange();
    body.setStyle(PDPageLabelRange.STYLE_DECIMAL);
    labels.setLabelItem(0, front);
    labels.setLabelItem(count, body);
    document.getDocumentCatalog().setPageLabels(labels);
    return this;
  }

  PdfBook encrypted(String userPassword) throws IOException {
    StandardProtectionPolicy policy =
        new StandardProtectionPolicy("owner", userPassword, printingOnly());
    policy.setEncryptionKeyLength(128);
    document.protect(policy);
    return this;
  }

  private static AccessPermission printingOnly() {
    AccessPermission permission = new AccessPermission();
    permission.setCanExtractContent(false);
    return permission;
  }

  Path save(Path folder) throws IOException {
    Path file = folder.resolve("book.pdf");
    document.save(file.toFile());
    return file;
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
