package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.SourcePosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every place of a book belongs to one page, and the page leads back to it; for books by chance.
 */
class PagePositionsTest {
  private static final int BOOKS = 40;

  @TempDir Path folder;

  @Test
  void everyPlaceLeadsToItsPageAndBack() throws Exception {
    for (int seed = 1; seed <= BOOKS; seed++) {
      Random random = new Random(seed);
      List<String> words = new ArrayList<>();
      RecordedBook book;
      try (PdfBook pdf = PdfBook.create()) {
        int pages = 1 + random.nextInt(70);
        for (int page = 1; page <= pages; page++) {
          words.add(page(pdf, page, random));
        }
        book = RecordedBook.parse(pdf.save(folder), folder);
      }
      check(book, words, "seed " + seed);
    }
  }

  /** Sets a page; gives the word that stands on no other, or nothing for an empty page. */
  private static String page(PdfBook pdf, int page, Random random) throws IOException {
    pdf.page();
    if (random.nextInt(8) == 0) {
      return "";
    }
    if (random.nextInt(6) == 0) {
      pdf.heading(70, "Heading " + letters(page));
      if (random.nextBoolean()) {
        pdf.outline("Heading " + letters(page), 50);
      }
    }
    String word = "Page" + letters(page);
    int lines = 1 + random.nextInt(5);
    for (int i = 0; i < lines; i++) {
      String begin = i == 0 ? word : random.nextBoolean() ? "\u2019tis and" : "and";
      String end = random.nextInt(3) == 0 ? "li-" : random.nextBoolean() ? "end." : "line";
      pdf.lines(50, 100 + 12 * i, (random.nextBoolean() ? "\t" : "") + begin + " goes on " + end);
    }
    return word;
  }

  private static String letters(int number) {
    StringBuilder letters = new StringBuilder();
    for (char digit : String.valueOf(number).toCharArray()) {
      letters.append((char) ('a' + digit - '0'));
    }
    return letters.append('q').toString();
  }

  private static void check(RecordedBook book, List<String> words, String name) {
    assertThat(book.positions).as(name).hasSize(words.size());
    for (int page = 1; page <= words.size(); page++) {
      SourcePosition start = book.positions.get(page - 1);
      // From the page to its place: its first word stands there or, behind a broken word, soon.
      assertThat(book.chapters.get(start.chapter() - 1).text().codePoints().count())
          .as(name)
          .isGreaterThanOrEqualTo(start.chapterOffset());
      if (!words.get(page - 1).isEmpty()) {
        int place = find(book, words.get(page - 1));
        assertThat(pageOf(book, place)).as(name + " page " + page).isEqualTo(page);
      }
    }
    for (int page = 1; page <= words.size(); page++) {
      // From the place of each page back to it, or to one that begins at the very same place.
      int there = pageOf(book, absolute(book, book.positions.get(page - 1)));
      assertThat(absolute(book, book.positions.get(there - 1)))
          .as(name + " page " + page)
          .isEqualTo(absolute(book, book.positions.get(page - 1)));
    }
  }

  private static int find(RecordedBook book, String word) {
    int before = 0;
    for (Chapter chapter : book.chapters) {
      int at = chapter.text().indexOf(word);
      if (at >= 0) {
        return before + chapter.text().codePointCount(0, at);
      }
      before += length(chapter);
    }
    throw new AssertionError(word + " is lost");
  }

  /** The last page that begins at the place or before it. */
  private static int pageOf(RecordedBook book, int place) {
    int page = 0;
    for (int i = 0; i < book.positions.size(); i++) {
      if (absolute(book, book.positions.get(i)) <= place) {
        page = i + 1;
      }
    }
    return page;
  }

  private static int absolute(RecordedBook book, SourcePosition position) {
    int before = 0;
    for (Chapter chapter : book.chapters.subList(0, position.chapter() - 1)) {
      before += length(chapter);
    }
    return before + position.chapterOffset();
  }

  /** One more than its text has: the end of a chapter is not the start of the next. */
  private static int length(Chapter chapter) {
    return (int) chapter.text().codePoints().count() + 1;
  }
}
