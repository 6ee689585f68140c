package dev.scriptorium.samples.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PageMode;
import org.apache.pdfbox.pdmodel.common.PDPageLabelRange;
import org.apache.pdfbox.pdmodel.common.PDPageLabels;

/** Sets a manuscript as a PDF. The same manuscript gives the same bytes. */
final class Typesetter {
  private static final int FRONT_PAGES = 3;
  private static final float BODY_SIZE = 10.5f;
  private static final float CONTENTS_DISTANCE = 20;

  /** Goes into the file's identifier, which would otherwise be made from the clock. */
  private static final long DOCUMENT_ID = 20_261_101;

  private final Manuscript book;

  Typesetter(Manuscript book) {
    this.book = book;
  }

  /** The finished file. */
  byte[] typeset() throws IOException {
    // Set once to learn the pages that the printed contents name, and once more with them.
    Map<String, Integer> pages = new HashMap<>();
    set(pages);
    return set(pages);
  }

  private byte[] set(Map<String, Integer> pages) throws IOException {
    try (PDDocument document = new PDDocument()) {
      Fonts fonts = new Fonts();
      front(document, fonts, pages);
      BodySetter body = new BodySetter(document, fonts, book, FRONT_PAGES);
      for (Manuscript.Part part : book.parts()) {
        pages.put(part.title(), body.part(part));
      }
      body.finish();
      describe(document);
      return bytes(document);
    }
  }

  private void front(PDDocument document, Fonts fonts, Map<String, Integer> pages)
      throws IOException {
    try (Sheet sheet = new Sheet(document, fonts)) {
      sheet.centred(190, 26, Run.Style.BOLD, book.title());
      sheet.centred(222, 12, Run.Style.ITALIC, book.author());
    }
    try (Sheet sheet = new Sheet(document, fonts)) {
      paragraphs(sheet, fonts);
      folio(sheet, "ii");
    }
    try (Sheet sheet = new Sheet(document, fonts)) {
      contents(sheet, fonts, pages);
      folio(sheet, "iii");
    }
  }

  static void folio(Sheet sheet, String label) throws IOException {
    sheet.centred(508, 9, Run.Style.REGULAR, label);
  }

  private void paragraphs(Sheet sheet, Fonts fonts) throws IOException {
    LineBreaker breaker = new LineBreaker(fonts, book.hyphenation(), BODY_SIZE);
    float y = 300;
    for (Manuscript.Block block : book.front()) {
      if (block instanceof Manuscript.Paragraph paragraph) {
        List<LineBreaker.SetLine> lines =
            breaker.lines(paragraph.runs(), Sheet.TEXT_WIDTH, Sheet.TEXT_WIDTH);
        for (LineBreaker.SetLine line : lines) {
          sheet.runs(Sheet.MARGIN, y, BODY_SIZE, 0, line.runs());
          y += BodySetter.LEADING;
        }
        y += BodySetter.LEADING / 2;
      }
    }
  }

  private void contents(Sheet sheet, Fonts fonts, Map<String, Integer> pages) throws IOException {
    sheet.text(Sheet.MARGIN, 110, 16, Run.Style.BOLD, "Contents");
    float y = 150;
    for (Manuscript.Part part : book.parts()) {
      String page = String.valueOf(pages.getOrDefault(part.title(), 0));
      float right = Sheet.WIDTH - Sheet.MARGIN - fonts.width(page, Run.Style.REGULAR, BODY_SIZE);
      sheet.text(Sheet.MARGIN, y, BODY_SIZE, Run.Style.REGULAR, part.title());
      sheet.text(right, y, BODY_SIZE, Run.Style.REGULAR, page);
      y += CONTENTS_DISTANCE;
    }
  }

  private void describe(PDDocument document) {
    PDDocumentInformation info = document.getDocumentInformation();
    info.setTitle(book.title());
    info.setAuthor(book.author());
    info.setSubject(book.subject());
    info.setKeywords(book.keywords());
    info.setProducer("Scriptorium sample typesetter");
    Calendar date = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
    date.setTimeInMillis(book.date().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    info.setCreationDate(date);
    info.setModificationDate(date);
    document.getDocumentCatalog().setLanguage(book.language());
    document.getDocumentCatalog().setPageMode(PageMode.USE_OUTLINES);
    document.getDocumentCatalog().setPageLabels(labels(document));
  }

  private static PDPageLabels labels(PDDocument document) {
    PDPageLabelRange roman = new PDPageLabelRange();
    roman.setStyle(PDPageLabelRange.STYLE_ROMAN_LOWER);
    PDPageLabelRange arabic = new PDPageLabelRange();
    arabic.setStyle(PDPageLabelRange.STYLE_DECIMAL);
    PDPageLabels labels = new PDPageLabels(document);
    labels.setLabelItem(0, roman);
    labels.setLabelItem(FRONT_PAGES, arabic);
    return labels;
  }

  private static byte[] bytes(PDDocument document) throws IOException {
    document.setDocumentId(DOCUMENT_ID);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }
}
