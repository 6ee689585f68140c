package dev.scriptorium.worker.trial;

import dev.scriptorium.worker.pack.PackReader;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * Prints a parsed book as plain text: of every chapter the title and the paragraphs, blank lines
 * between them, then the notes of the whole book. Nothing is printed twice: a title that the text
 * begins with stands there once.
 */
final class BookText {
  private final PrintWriter out;

  BookText(PrintWriter out) {
    this.out = out;
  }

  /** Prints a book. */
  void print(TrialResult result) throws IOException {
    List<ResultItem> items = result.items();
    if (result.packed()) {
      try (PackReader pack = new PackReader(result.pack())) {
        for (ResultItem item : items) {
          if (item.hasChapter()) {
            ChapterResult chapter = item.getChapter();
            chapter(chapter.getTitle(), pack.chapter(chapter.getContent()).getText());
          }
        }
      }
    }
    for (ResultItem item : items) {
      if (item.hasNote()) {
        paragraph((item.getNote().getLabel() + " " + item.getNote().getText()).strip());
      }
    }
    out.flush();
  }

  private void chapter(String title, String text) {
    if (!begins(text, title)) {
      paragraph(title);
    }
    paragraph(text.strip());
  }

  private void paragraph(String text) {
    if (!text.isEmpty()) {
      out.println(text);
      out.println();
    }
  }

  /** True when the first words of the text are those of the title, however they are broken. */
  private static boolean begins(String text, String title) {
    String words = words(title);
    String start = text.substring(0, Math.min(text.length(), 4 * title.length() + 100));
    return words(start).startsWith(words);
  }

  private static String words(String text) {
    return text.strip().replaceAll("[\\s\\p{Z}]+", " ");
  }
}
