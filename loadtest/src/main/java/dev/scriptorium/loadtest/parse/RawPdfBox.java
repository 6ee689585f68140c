package dev.scriptorium.loadtest.parse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Text of PDFs as PDFBox gives it by default. */
final class RawPdfBox implements Contender {
  @Override
  public String name() {
    return "PDFBox, text alone";
  }

  @Override
  public long pass(List<Path> files) throws IOException {
    long pages = 0;
    long characters = 0;
    for (Path file : files) {
      try (PDDocument document = Loader.loadPDF(file.toFile())) {
        characters += new PDFTextStripper().getText(document).length();
        pages += document.getNumberOfPages();
      }
    }
    if (characters == 0) {
      throw new IOException("no text in " + files);
    }
    return pages;
  }
}
