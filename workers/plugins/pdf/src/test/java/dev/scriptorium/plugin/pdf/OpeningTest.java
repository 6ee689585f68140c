package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first chapter of a long book comes before the book is read. */
class OpeningTest {
  private static final int PAGES = 90;
  private static final int CHAPTER = 9;
  private static final int LONG_CHAPTER = 40;

  @TempDir Path folder;

  private interface Heading {
    void set(PdfBook pdf, int chapter) throws IOException;
  }

  /** Ten chapters of nine pages behind a title page, with heads, numbers, a note and a hyphen. */
  private Path book(Heading heading) throws IOException {
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(100, 200, "By nobody at all");
      for (int i = 0; i < PAGES; i++) {
        pdf.page().line(50, 30, "THE MILL");
        pdf.line(300, 580, String.valueOf(i + 1));
        if (i % CHAPTER == 0) {
          heading.set(pdf, i / CHAPTER + 1);
        }
        page(pdf, i);
      }
      return pdf.save(folder);
    }
  }

  private static void page(PdfBook pdf, int number) throws IOException {
    pdf.lines(50, 120, "\tThe miller of page " + (char) ('a' + number % 26) + " went to the ri-");
    pdf.line(50, 132, "ver and saw the lamp.");
    pdf.line(50 + pdf.width("ver and saw the lamp."), 129, 6, "1");
    pdf.lines(50, 144, "\tThen the river and the lamp were seen no more.");
    pdf.line(50, 480, 8, "1 It had been lit by his father.");
  }

  private RecordedBook read(Path file, int threads) throws Exception {
    return RecordedBook.run(JobKinds.PARSE, file, folder, PdfLimits.DEFAULT, () -> false, threads);
  }

  private static void check(RecordedBook book, List<String> titles) {
    assertThat(book.chapters).extracting(Chapter::title).containsExactlyElementsOf(titles);
    assertThat(book.text())
        .doesNotContain("THE MILL", "ri-", "his father")
        .contains("By nobody at all", "went to the river and saw the lamp.\n");
    assertThat(book.notes).hasSize(PAGES);
    assertThat(book.furniture).hasSize(2 * PAGES);
    assertThat(book.furniture.getLast().text()).isEqualTo(String.valueOf(PAGES));
    assertThat(book.furniture.getLast().page()).isEqualTo(PAGES + 1);
    assertThat(book.positions).hasSize(PAGES + 1);
    assertThat(book.chapters).extracting(Chapter::ordinal).doesNotHaveDuplicates();
    for (int i = 1; i <= PAGES / CHAPTER; i++) {
      Chapter chapter = book.chapters.get(book.chapters.size() - PAGES / CHAPTER + i - 1);
      assertThat(chapter.source())
          .isEqualTo("pages " + ((i - 1) * CHAPTER + 2) + "-" + (i * CHAPTER + 1));
    }
  }

  @Test
  void byTheOutline() throws Exception {
    Path file =
        book((pdf, chapter) -> pdf.heading(90, "Part " + chapter).outline("Part " + chapter, 60));

    RecordedBook one = read(file, 1);
    RecordedBook two = read(file, 2);

    check(
        one,
        List.of(
            "", "Part 1", "Part 2", "Part 3", "Part 4", "Part 5", "Part 6", "Part 7", "Part 8",
            "Part 9", "Part 10"));
    assertThat(one.pagesBeforeFirstChapter).isZero();
    assertThat(one.contents).extracting("chapter").containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(two.chapters).isEqualTo(one.chapters);
    assertThat(two.positions).isEqualTo(one.positions);
    assertThat(two.notes).isEqualTo(one.notes);
    assertThat(two.pagesBeforeFirstChapter).isZero();
  }

  @Test
  void byItsHeadings() throws Exception {
    Path file = book((pdf, chapter) -> pdf.heading(90, "The " + (char) ('A' + chapter) + " mill"));

    RecordedBook one = read(file, 1);

    check(
        one,
        List.of(
            "",
            "The B mill",
            "The C mill",
            "The D mill",
            "The E mill",
            "The F mill",
            "The G mill",
            "The H mill",
            "The I mill",
            "The J mill",
            "The K mill"));
    assertThat(one.contents).extracting("chapter").containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(one.pagesBeforeFirstChapter).isZero();
    assertThat(read(file, 2).chapters).isEqualTo(one.chapters);
  }

  @Test
  void aLongChapterIsLookedForFurther() throws Exception {
    Path file;
    try (PdfBook pdf = PdfBook.create()) {
      for (int i = 0; i < 3 * LONG_CHAPTER; i++) {
        pdf.page();
        if (i % LONG_CHAPTER == 0) {
          pdf.heading(90, "The " + (char) ('A' + i / LONG_CHAPTER) + " mill");
        }
        page(pdf, i);
      }
      file = pdf.save(folder);
    }

    RecordedBook one = read(file, 1);

    assertThat(one.chapters)
        .extracting(Chapter::source)
        .containsExactly("pages 1-40", "pages 41-80", "pages 81-120");
    assertThat(one.pagesBeforeFirstChapter).isZero();
    assertThat(read(file, 2).chapters).isEqualTo(one.chapters);
  }

  @Test
  void aBookWithoutChaptersIsReadFirst() throws Exception {
    Path file = book((pdf, chapter) -> {});

    RecordedBook book = read(file, 1);

    assertThat(book.chapters.getFirst().title()).isEqualTo("Pages 1-20");
    assertThat(book.pagesBeforeFirstChapter).isEqualTo(PAGES + 1);
  }
}
