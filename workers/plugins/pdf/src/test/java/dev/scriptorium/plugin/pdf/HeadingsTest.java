package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Chapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the chapters of books without an outline are found. */
class HeadingsTest {
  private static final int CHAPTERS = 5;
  private static final int PAGES = 4;
  private static final List<String> ROMAN = List.of("I", "II", "III", "IV", "V");

  @TempDir Path folder;

  private interface Setting {
    void set(PdfBook pdf, int chapter) throws IOException;
  }

  /**
   * Five chapters of four pages, each with a section, behind two title pages in larger type than
   * any heading.
   */
  private List<Chapter> chapters(Setting opening) throws Exception {
    return chapters(13, opening);
  }

  private List<Chapter> chapters(float section, Setting opening) throws Exception {
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(80, 250, 26, "THE GREAT EBB");
      pdf.page().line(80, 250, 26, "THE GREAT EBB");
      for (int chapter = 1; chapter <= CHAPTERS; chapter++) {
        for (int page = 0; page < PAGES; page++) {
          pdf.page();
          if (page == 0) {
            opening.set(pdf, chapter);
          }
          text(pdf, 150);
          if (page == 2) {
            pdf.line(50, 250, section, "What was seen of " + ROMAN.get(chapter - 1));
          }
          text(pdf, 300);
        }
      }
      return RecordedBook.parse(pdf.save(folder), folder).chapters;
    }
  }

  private static void text(PdfBook pdf, float y) throws IOException {
    pdf.justified(62, y, 288, "There was nothing to be seen of the harbour that day and the");
    pdf.justified(
        50, y + 12, 300, "men who had come down to it went home again by the upper road,");
    pdf.justified(50, y + 24, 300, "which is the longer one, without having said a single word to");
    pdf.line(50, y + 36, "each other.");
  }

  private static void areFound(List<Chapter> chapters, List<String> titles) {
    assertThat(chapters.subList(1, chapters.size()))
        .extracting(Chapter::title)
        .containsExactlyElementsOf(titles);
    assertThat(chapters.subList(1, chapters.size()))
        .extracting(Chapter::firstPage)
        .containsExactly(3, 7, 11, 15, 19);
  }

  @Test
  void neitherTitlePagesNorSectionsAreChapters() throws Exception {
    areFound(
        chapters((pdf, chapter) -> pdf.heading(100, "The tide of " + ROMAN.get(chapter - 1))),
        List.of(
            "The tide of I",
            "The tide of II",
            "The tide of III",
            "The tide of IV",
            "The tide of V"));
  }

  @Test
  void aNumberAboveTheTitleBelongsToIt() throws Exception {
    areFound(
        chapters(
            (pdf, chapter) -> {
              pdf.line(50, 80, 14, "Chapter " + chapter);
              pdf.heading(110, "The harbour");
            }),
        List.of(
            "Chapter 1 The harbour",
            "Chapter 2 The harbour",
            "Chapter 3 The harbour",
            "Chapter 4 The harbour",
            "Chapter 5 The harbour"));
  }

  @Test
  void aPartIsNoReasonToMissItsChapters() throws Exception {
    List<Chapter> chapters =
        chapters(
            (pdf, chapter) -> {
              if (chapter == 1 || chapter == 4) {
                pdf.line(150, 250, 22, "BOOK " + (chapter == 1 ? "ONE" : "TWO")).page();
              }
              pdf.heading(100, "Tide " + ROMAN.get(chapter - 1));
            });

    assertThat(chapters)
        .extracting(Chapter::title)
        .containsSubsequence("BOOK ONE", "Tide I", "Tide II", "Tide III", "BOOK TWO", "Tide IV");
  }

  @Test
  void aLargeInitialIsNoHeading() throws Exception {
    areFound(
        chapters(
            (pdf, chapter) -> {
              pdf.heading(60, "Tide " + ROMAN.get(chapter - 1));
              pdf.line(50, 112, 26, "T");
              pdf.justified(68, 100, 282, "he quay was empty when the first of them");
              pdf.justified(68, 112, 282, "came down the stairs with a lantern and a");
              pdf.line(50, 124, "rope.");
            }),
        List.of("Tide I", "Tide II", "Tide III", "Tide IV", "Tide V"));
  }

  @Test
  void headingsInTheTypeOfTheTextCount() throws Exception {
    areFound(
        chapters(
            PdfBook.SIZE,
            (pdf, chapter) -> pdf.line(170, 100, "Kapitel " + ROMAN.get(chapter - 1) + ".")),
        List.of("Kapitel I.", "Kapitel II.", "Kapitel III.", "Kapitel IV.", "Kapitel V."));
  }

  @Test
  void numbersAloneCountToo() throws Exception {
    areFound(
        chapters(PdfBook.SIZE, (pdf, chapter) -> pdf.line(195, 100, ROMAN.get(chapter - 1))),
        ROMAN);
  }
}
