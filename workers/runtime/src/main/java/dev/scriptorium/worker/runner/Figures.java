package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.DiscardingSink;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import java.util.ArrayList;
import java.util.List;

/** Counts what one thread's jobs hand over in a pass, and keeps none of it. */
final class Figures extends DiscardingSink {
  private final List<Long> firstChapterNanos = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long began;
  private boolean first;
  private long characters;
  private long htmlCharacters;
  private long words;
  private long chapters;
  private long pages;

  /** The next job begins. */
  void begin() {
    began = System.nanoTime();
    first = true;
  }

  /** A job gave no result. */
  void failed(String why) {
    failures.add(why);
  }

  List<Long> firstChapterNanos() {
    return firstChapterNanos;
  }

  List<String> failures() {
    return failures;
  }

  long characters() {
    return characters;
  }

  long htmlCharacters() {
    return htmlCharacters;
  }

  long words() {
    return words;
  }

  long chapters() {
    return chapters;
  }

  long pages() {
    return pages;
  }

  @Override
  public void metadata(Metadata metadata) {
    pages += metadata.pageCount();
  }

  @Override
  public void chapter(Chapter chapter) {
    if (first) {
      first = false;
      firstChapterNanos.add(System.nanoTime() - began);
    }
    chapters++;
    characters += chapter.text().codePointCount(0, chapter.text().length());
    htmlCharacters += chapter.html().length();
    words += chapter.wordCount();
  }

  @Override
  public void note(Note note) {
    characters += note.text().codePointCount(0, note.text().length());
  }
}
