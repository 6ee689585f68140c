package dev.scriptorium.loadtest.bench;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;

/** Counts the characters of chapters and keeps nothing, so that only the parser is measured. */
public final class CountingSink implements BookSink {
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

  @Override
  public void contents(ContentsEntry entry) {}

  @Override
  public void image(Image image) {}

  @Override
  public void note(Note note) {}

  @Override
  public void position(SourcePosition position) {}

  @Override
  public void warning(Warning warning) {}

  @Override
  public void passage(Passage passage) {}

  @Override
  public void mention(Mention mention) {}

  @Override
  public void entity(Entity entity) {}

  @Override
  public void degraded() {}
}
