package dev.scriptorium.samples.pdf;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/** A page that is being set. Lengths are points; y counts downwards from the upper edge. */
final class Sheet implements AutoCloseable {
  static final float WIDTH = 360;
  static final float HEIGHT = 540;
  static final float MARGIN = 46;
  static final float TOP = 68;
  static final float BOTTOM = 478;
  static final float TEXT_WIDTH = WIDTH - 2 * MARGIN;

  final PDPage page;
  private final PDPageContentStream content;
  private final Fonts fonts;

  Sheet(PDDocument document, Fonts fonts) throws IOException {
    this.page = new PDPage(new PDRectangle(WIDTH, HEIGHT));
    this.fonts = fonts;
    document.addPage(page);
    this.content = new PDPageContentStream(document, page);
  }

  void text(float x, float y, float size, Run.Style style, String text) throws IOException {
    runs(x, y, size, 0, List.of(new Run(text, style)));
  }

  void centred(float y, float size, Run.Style style, String text) throws IOException {
    text((WIDTH - fonts.width(text, style, size)) / 2, y, size, style, text);
  }

  /**
   * A line of text.
   *
   * @param wordSpacing added to every space
   */
  void runs(float x, float y, float size, float wordSpacing, List<Run> runs) throws IOException {
    content.beginText();
    content.setWordSpacing(wordSpacing);
    content.newLineAtOffset(x, HEIGHT - y);
    for (Run run : runs) {
      content.setFont(fonts.get(run.style()), size);
      content.showText(run.text());
    }
    content.endText();
  }

  /** Draws with the lower left corner of the given place as origin, y upwards. */
  void draw(float x, float bottom, Drawing drawing) throws IOException {
    content.saveGraphicsState();
    content.transform(Matrix.getTranslateInstance(x, HEIGHT - bottom));
    drawing.draw(content);
    content.restoreGraphicsState();
  }

  /** Something made of lines and areas. */
  interface Drawing {
    void draw(PDPageContentStream content) throws IOException;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
