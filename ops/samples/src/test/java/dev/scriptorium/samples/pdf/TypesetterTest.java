package dev.scriptorium.samples.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TypesetterTest {
  private static final Path SOURCE = Path.of("src/main/books/the-kite-post");

  private static byte[] file = new byte[0];

  @BeforeAll
  static void typeset() throws IOException {
    file = new Typesetter(Manuscript.read(SOURCE)).typeset();
  }

  @Test
  void sameSourceGivesTheSameBytes() throws IOException {
    assertThat(new Typesetter(Manuscript.read(SOURCE)).typeset()).isEqualTo(file);
  }

  @Test
  void pagesAreLabelledRomanAndThenArabic() throws IOException {
    try (PDDocument document = Loader.loadPDF(file)) {
      String[] labels = document.getDocumentCatalog().getPageLabels().getLabelsByPageIndices();

      assertThat(document.getNumberOfPages()).isBetween(14, 24);
      assertThat(labels).startsWith("i", "ii", "iii", "1", "2");
      assertThat(labels).hasSize(document.getNumberOfPages());
    }
  }

  @Test
  void outlineNamesChaptersAndSections() throws IOException {
    try (PDDocument document = Loader.loadPDF(file)) {
      List<String> titles = new ArrayList<>();
      List<String> sections = new ArrayList<>();
      for (PDOutlineItem item : document.getDocumentCatalog().getDocumentOutline().children()) {
        titles.add(item.getTitle());
        item.children().forEach(child -> sections.add(child.getTitle()));
        assertThat(item.findDestinationPage(document)).isNotNull();
      }

      assertThat(titles)
          .containsExactly(
              "The Tower",
              "The Apprentice",
              "Heron Ledge",
              "Thirty-One Years",
              "One Thread",
              "A Short Guide to the Kites of the Rift");
      assertThat(sections).containsExactly("On the winds", "On lines", "Names in this book");
    }
  }

  @Test
  void titleAndAuthorAreNamed() throws IOException {
    try (PDDocument document = Loader.loadPDF(file)) {
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("The Kite Post");
      assertThat(document.getDocumentInformation().getAuthor())
          .isEqualTo("The Scriptorium Project");
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en-GB");
    }
  }

  @Test
  void pagesHaveRunningHeadsNumbersAndSomeHyphens() throws IOException {
    try (PDDocument document = Loader.loadPDF(file)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setStartPage(5);
      stripper.setEndPage(5);
      String second = stripper.getText(document);
      stripper.setEndPage(document.getNumberOfPages());
      String all = stripper.getText(document);

      assertThat(second.lines()).contains("The Kite Post", "2");
      assertThat(all.lines().filter(line -> line.matches(".*\\p{L}-"))).hasSizeGreaterThan(5);
    }
  }
}
