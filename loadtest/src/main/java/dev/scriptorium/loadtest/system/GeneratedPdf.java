package dev.scriptorium.loadtest.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** PDF books of any length. */
public final class GeneratedPdf {
  private static final int LINES = 40;
  private static final int WORDS = 10;
  private static final float LEADING = 15;
  private static final float SIZE = 11;
  private static final float MARGIN = 60;
  private static final String[] WORD_LIST = {
    "the", "harbour", "lay", "grey", "under", "a", "low", "sky", "and", "nets", "hung", "between",
    "tall", "houses", "where", "nobody", "spoke", "of", "ships", "that", "had", "gone", "before"
  };

  private GeneratedPdf() {}

  /**
   * Writes a book of pages with 40 lines of text each.
   *
   * @param pages at least 1
   * @param seed same seed, same text
   */
  public static Path write(Path file, String title, int pages, long seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    try (PDDocument document = new PDDocument()) {
      document.getDocumentInformation().setTitle(title);
      PDFont font = new PDType1Font(Standard14Fonts.FontName.TIMES_ROMAN);
      for (int page = 0; page < pages; page++) {
        document.addPage(page(document, font, random));
      }
      document.save(file.toFile());
    }
    return file;
  }

  private static PDPage page(PDDocument document, PDFont font, RandomGenerator random)
      throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(font, SIZE);
      content.setLeading(LEADING);
      content.newLineAtOffset(MARGIN, PDRectangle.A4.getHeight() - MARGIN);
      for (int line = 0; line < LINES; line++) {
        content.showText(line(random));
        content.newLine();
      }
      content.endText();
    }
    return page;
  }

  private static String line(RandomGenerator random) {
    StringBuilder line = new StringBuilder();
    for (int word = 0; word < WORDS; word++) {
      line.append(line.isEmpty() ? "" : " ").append(WORD_LIST[random.nextInt(WORD_LIST.length)]);
    }
    return line.toString();
  }
}
