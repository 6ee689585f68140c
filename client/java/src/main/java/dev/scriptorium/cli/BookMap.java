package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.TextRange;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in words where something stands in a book. */
final class BookMap {
  private final List<Chapter> chapters;
  private final Map<String, Chapter> byName;

  private BookMap(List<Chapter> chapters) {
    this.chapters = chapters;
    this.byName =
        chapters.stream().collect(Collectors.toMap(Chapter::getName, Function.identity()));
  }

  /** Asks for the chapters of a book. */
  static BookMap of(ScriptoriumClient client, String book) {
    try (Stream<Chapter> chapters = client.listChapters(book)) {
      return new BookMap(chapters.toList());
    }
  }

  /** Number of chapters. */
  int size() {
    return chapters.size();
  }

  /** For example {@code chapter 2, The Castle, 12%}. */
  String place(TextRange range) {
    Chapter chapter = byName.get(range.getChapter());
    String name = chapter(range.getChapter());
    if (chapter == null || length() == 0) {
      return name;
    }
    return name + ", " + 100 * (chapter.getStart() + range.getStart()) / length() + "%";
  }

  /** For example {@code chapter 2, The Castle}. */
  String chapter(String name) {
    Chapter chapter = byName.get(name);
    String title = chapter == null ? "" : Cells.clean(chapter.getTitle());
    String number = "chapter " + BookLines.ordinal(name);
    return title.isEmpty() || title.equalsIgnoreCase(number) ? number : number + ", " + title;
  }

  private long length() {
    return chapters.isEmpty()
        ? 0
        : chapters.getLast().getStart() + chapters.getLast().getCodePoints();
  }
}
