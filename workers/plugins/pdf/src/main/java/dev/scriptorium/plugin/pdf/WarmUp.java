package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.DiscardingSink;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Parses a small book made in memory, so that the classes of the first real one are loaded. */
final class WarmUp {
  private static final int PAGES = 8;
  private static final int LINES = 30;
  private static final int LINE_DISTANCE = 14;

  private WarmUp() {}

  /**
   * @throws IOException when PDFBox cannot even read what it wrote
   */
  static void run(PdfLimits limits, InstantSource clock) throws IOException {
    try (PdfFile file = PdfFile.open(book(), limits)) {
      DiscardingSink nowhere = new DiscardingSink();
      new DocumentInfo(file, "", limits).read();
      new BookParser(new NoJob(), nowhere, limits, clock, 1).parse(file, new Memory());
    } catch (JobFailure e) {
      throw new IOException("the warm-up book cannot be read", e);
    }
  }

  private static byte[] book() throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (int i = 0; i < PAGES; i++) {
        addPage(document);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private static void addPage(PDDocument document) throws IOException {
    PDPage page = new PDPage();
    document.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(new PDType1Font(FontName.TIMES_ROMAN), 11);
      content.setLeading(LINE_DISTANCE);
      content.newLineAtOffset(72, 700);
      for (int i = 0; i < LINES; i++) {
        content.showText(
            "Every line of this page only serves to load what reading needs, line " + i);
        content.newLine();
      }
      content.endText();
    }
  }

  private static final class Memory implements PageStore {
    private final Queue<PageText> pages = new ArrayDeque<>();

    @Override
    public void add(PageText page) {
      pages.add(page);
    }

    @Override
    public PageText next() {
      return pages.remove();
    }
  }

  private record NoJob() implements JobContext {
    @Override
    public String kind() {
      return JobKinds.PARSE;
    }

    @Override
    public String mediaType() {
      return "application/pdf";
    }

    @Override
    public String language() {
      return "";
    }

    @Override
    public JobInput input() {
      return new JobInput.BookFile(Path.of(""), "");
    }

    @Override
    public Path scratch() {
      throw new UnsupportedOperationException("the warm-up keeps its pages in memory");
    }

    @Override
    public void progress(double fraction, String activity) {
      // Nobody waits for it.
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
