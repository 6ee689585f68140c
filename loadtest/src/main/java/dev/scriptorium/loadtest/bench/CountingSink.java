package dev.scriptorium.loadtest.bench;

import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.DiscardingSink;
import dev.scriptorium.plugin.Metadata;

/** Counts the characters of chapters and keeps nothing, so that only the parser is measured. */
public final class CountingSink extends DiscardingSink {
  private long characters;
  private long pages;
  private long firstChapterAt;

  /** Characters of text and HTML so far. */
  public long characters() {
    return characters;
  }

  /** Pages of a paged format. */
  public long pages() {
    return pages;
  }

  /** When the first chapter came, by {@code System.nanoTime()}; 0 while none has. */
  public long firstChapterAt() {
    return firstChapterAt;
  }

  @Override
  public void chapter(Chapter chapter) {
    firstChapterAt = firstChapterAt == 0 ? System.nanoTime() : firstChapterAt;
    characters += chapter.text().length() + chapter.html().length();
  }

  @Override
  public void metadata(Metadata metadata) {
    pages += metadata.pageCount();
  }
}
