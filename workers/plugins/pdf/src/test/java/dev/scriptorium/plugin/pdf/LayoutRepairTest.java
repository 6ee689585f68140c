package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees as text, out of what stands on the pages. */
class LayoutRepairTest {
  private static final float LEFT = PdfBook.MARGIN;
  private static final float FULL = 300;

  @TempDir Path folder;

  private interface Typesetting {
    void typeset(PdfBook pdf) throws IOException;
  }

  private String textOf(Typesetting typesetting) throws Exception {
    try (PdfBook pdf = PdfBook.create()) {
      typesetting.typeset(pdf);
      return RecordedBook.parse(pdf.save(folder), folder).text();
    }
  }

  /** A paragraph of three full lines and a short one. */
  private static void paragraph(PdfBook pdf, float x, float y, float width, String name)
      throws IOException {
    pdf.justified(x, y, width, name + " walked along the quay and");
    pdf.justified(x, y + 12, width, "looked at every boat that lay");
    pdf.justified(x, y + 24, width, "there in the evening light but");
    pdf.line(x, y + 36, "found none.");
  }

  private static String paragraph(String name) {
    return name
        + " walked along the quay and looked at every boat that lay there in the evening light but"
        + " found none.";
  }

  @Test
  void columnsAreReadOneAfterTheOther() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page();
              paragraph(pdf, 50, 100, 140, "Anna");
              paragraph(pdf, 50, 148, 140, "Ben");
              paragraph(pdf, 210, 100, 140, "Clara");
              paragraph(pdf, 210, 148, 140, "Dora");
            });

    assertThat(text)
        .isEqualTo(
            String.join(
                "\n\n",
                paragraph("Anna"),
                paragraph("Ben"),
                paragraph("Clara"),
                paragraph("Dora")));
  }

  @Test
  void aParagraphGoesOnOverThePageAndItsHyphen() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page();
              paragraph(pdf, LEFT, 100, FULL, "Anna");
              pdf.justified(LEFT + 12, 148, FULL - 12, "The second began with the light-");
              pdf.page().justified(LEFT, 70, FULL, "house and went on to the end of this line");
              pdf.line(LEFT, 82, "and over it.");
            });

    assertThat(text)
        .isEqualTo(
            paragraph("Anna")
                + "\n\nThe second began with the lighthouse and went on to the end of this line"
                + " and over it.");
  }

  @Test
  void theBooksOwnWordsDecideAboutHyphens() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page().justified(LEFT, 100, FULL, "The old sea-horse swam past a well-known");
              pdf.justified(LEFT, 112, FULL, "harbour and met another one there, a sea-");
              pdf.justified(LEFT, 124, FULL, "horse as old as the stones of the har-");
              pdf.line(LEFT, 136, "bour.");
            });

    assertThat(text).contains("a sea-horse as old").endsWith("the harbour.");
  }

  @Test
  void runningHeadsAndPageNumbersAreLeftOut() throws Exception {
    String text =
        textOf(
            pdf -> {
              for (int i = 1; i <= 8; i++) {
                pdf.page().line(LEFT, 30, i % 2 == 0 ? i + " THE QUAY" : "CHAPTER ONE " + i);
                pdf.line(LEFT, 100, "Own line " + "abcdefgh".charAt(i - 1) + ".");
                pdf.line(200, 580, "- " + i + " -");
              }
            });

    assertThat(text).contains("Own line a.", "Own line h.").doesNotContain("QUAY", "CHAPTER", "-");
  }

  @Test
  void theOnlyTextOfPagesIsNoRunningHead() throws Exception {
    String text =
        textOf(
            pdf -> {
              for (int i = 1; i <= 12; i++) {
                pdf.page().line(LEFT, 60, "The same words on every page.");
                pdf.line(200, 580, "- " + i + " -");
              }
            });

    assertThat(text).startsWith("The same words").doesNotContain("-");
    assertThat(text.split("same words", -1)).hasSize(13);
  }

  @Test
  void aHeadOverAPageWithoutTextIsARunningHeadAllTheSame() throws Exception {
    String text =
        textOf(
            pdf -> {
              for (int i = 1; i <= 12; i++) {
                pdf.page().line(LEFT, 30, "THE QUAY");
                if (i % 3 != 0) {
                  pdf.line(LEFT, 300, "Own line " + "abcdefghijkl".charAt(i - 1) + ".");
                }
              }
            });

    assertThat(text).contains("Own line a.").doesNotContain("QUAY");
  }

  @Test
  void headingsThatCountChaptersAreNoRunningHeads() throws Exception {
    String text =
        textOf(
            pdf -> {
              for (int i = 1; i <= 6; i++) {
                pdf.page().line(LEFT, 60, 16, "Chapter " + i);
                paragraph(pdf, LEFT, 100, FULL, "Anna");
                pdf.page();
                paragraph(pdf, LEFT, 100, FULL, "Ben");
              }
            });

    assertThat(text).contains("Chapter 1", "Chapter 4", "Chapter 6");
  }

  @Test
  void aLineAtTheTopOfOnePageStays() throws Exception {
    String text =
        textOf(
            pdf -> {
              for (int i = 1; i <= 8; i++) {
                pdf.page().line(LEFT, 30, i == 5 ? "The only one of its kind" : "THE QUAY");
                pdf.line(LEFT, 300, "Own line " + "abcdefgh".charAt(i - 1) + ".");
              }
            });

    assertThat(text).doesNotContain("QUAY");
  }

  @Test
  void entriesOfListsAndContentsStayApart() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page();
              pdf.justified(LEFT, 100, FULL, "a) the boats that lay there in the evening light,");
              pdf.justified(LEFT, 112, FULL, "b) the men who had come down to look at them");
              pdf.line(LEFT, 124, "and who went home again.");
              pdf.justified(
                  LEFT, 136, FULL, "1.1 The harbour . . . . . . . . . . . . . . . . . 12");
              pdf.justified(LEFT, 148, FULL, "1.2 The upper road . . . . . . . . . . . . . . . 14");
            });

    assertThat(text.split("\n\n", -1)).hasSize(4);
    assertThat(text).contains("\n\nb) the men who had come down to look at them and who went");
  }

  @Test
  void aLargeInitialGoesBackToItsWord() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page().line(LEFT, 112, 26, "T");
              pdf.justified(LEFT + 18, 100, FULL - 18, "he quay was empty when the first of them");
              pdf.justified(LEFT + 18, 112, FULL - 18, "came down the stairs with a lantern and a");
              pdf.line(LEFT, 124, "rope.");
            });

    assertThat(text)
        .isEqualTo(
            "The quay was empty when the first of them came down the stairs with a lantern and a"
                + " rope.");
  }

  @Test
  void aFootnoteBecomesANoteBoundToItsReference() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page();
      paragraph(pdf, LEFT, 100, FULL, "Anna");
      pdf.line(LEFT, 148, "Then she saw the lamp.");
      pdf.line(LEFT + pdf.width("Then she saw the lamp."), 145, 6, "1");
      paragraph(pdf, LEFT, 300, FULL, "Ben");
      pdf.line(
          LEFT, 520, 8, "1 It was lit in the year of the flood, and the men who lit it are for-");
      pdf.line(LEFT, 530, 8, "gotten.");
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.text())
        .isEqualTo(paragraph("Anna") + "\n\nThen she saw the lamp.\n\n" + paragraph("Ben"));
    assertThat(book.notes).hasSize(1);
    assertThat(book.notes.getFirst().label()).isEqualTo("1");
    assertThat(book.notes.getFirst().text())
        .isEqualTo("It was lit in the year of the flood, and the men who lit it are forgotten.");
    assertThat(book.textFrom(1, book.notes.getFirst().referenceOffset()))
        .startsWith("\n\nBen walked");
  }

  @Test
  void smallLinesWithoutAReferenceStayInTheText() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page();
              paragraph(pdf, LEFT, 100, FULL, "Anna");
              pdf.line(LEFT, 520, 8, "1 Nothing refers to this line.");
            });

    assertThat(text).isEqualTo(paragraph("Anna") + "\n\n1 Nothing refers to this line.");
  }

  @Test
  void shortParagraphsThatAreIndentedAlikeStayApart() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page();
              paragraph(pdf, LEFT, 100, FULL, "Anna");
              pdf.justified(LEFT + 12, 148, FULL - 12, "“I measured it,” she said, “after I was.”");
              pdf.justified(LEFT + 12, 160, FULL - 12, "He looked at her for a while and then he");
              pdf.line(LEFT, 172, "laughed.");
            });

    assertThat(text).endsWith("after I was.”\n\nHe looked at her for a while and then he laughed.");
  }

  @Test
  void aBlockSetInFromBothSidesIsOneParagraph() throws Exception {
    float inset = LEFT + 40;
    float narrow = FULL - 80;
    String text =
        textOf(
            pdf -> {
              pdf.page();
              paragraph(pdf, LEFT, 100, FULL, "Anna");
              pdf.justified(inset, 160, narrow, "The lamp of the quay stands there, where");
              pdf.justified(inset, 172, narrow, "Anna and Ben put it in the spring, but");
              pdf.justified(inset, 184, narrow, "Clara, who came late, could not find");
              pdf.line(inset, 196, "Dora in the dark.");
              paragraph(pdf, LEFT, 230, FULL, "Ben");
            });

    assertThat(text)
        .contains(
            "\n\n"
                + "The lamp of the quay stands there, where Anna and Ben put it in the spring, but"
                + " Clara, who came late, could not find Dora in the dark.\n\n");
  }

  @Test
  void versesThatBeginAlikeStayApart() throws Exception {
    float inset = LEFT + 40;
    String text =
        textOf(
            pdf -> {
              pdf.page();
              paragraph(pdf, LEFT, 100, FULL, "Anna");
              pdf.justified(inset, 160, 90, "The lamp of the quay");
              pdf.justified(inset, 172, 130, "Anna put there in the spring");
              pdf.justified(inset, 184, 92, "Clara could not find");
              pdf.line(inset, 196, "Dora");
              paragraph(pdf, LEFT, 230, FULL, "Ben");
            });

    assertThat(text).contains("quay\n\nAnna put there in the spring\n\nClara could");
  }

  @Test
  void textDrawnTwiceToLookBoldIsReadOnce() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page().line(LEFT, 100, "The mill burned.");
              pdf.line(LEFT + 0.4f, 100, "The mill burned.");
              pdf.line(LEFT, 140, "Nobody saw it, nobody heard it.");
            });

    assertThat(text).isEqualTo("The mill burned.\n\nNobody saw it, nobody heard it.");
  }

  @Test
  void turnedTextHasWordsAndLines() throws Exception {
    for (double angle : new double[] {90, 180, 270}) {
      String text = textOf(pdf -> pdf.page().turned(200, 300, angle, "The mill burned."));

      assertThat(text).as("turned by " + angle).isEqualTo("The mill burned.");
    }
  }

  @Test
  void aDashBetweenLinesKeepsItsSpacesAndGetsNone() throws Exception {
    String text =
        textOf(
            pdf -> {
              pdf.page().justified(LEFT, 100, FULL, "There was one of them who had always been—");
              pdf.justified(LEFT, 112, FULL, "and still was then, as we all knew, a friend");
              pdf.justified(LEFT, 124, FULL, "—the only one of mine in the whole town —");
              pdf.line(LEFT, 136, "of the mill.");
            });

    assertThat(text).contains("been—and", "friend—the", "town — of the mill.");
  }
}
