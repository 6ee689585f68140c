package dev.scriptorium.booktext;

import dev.scriptorium.booktext.ChapterContent.Heading;
import dev.scriptorium.plugin.ContentsEntry;
import java.util.ArrayList;
import java.util.List;

/** Makes contents of the headings of a book that has no contents list of its own. */
public final class HeadingContents {
  private final int maxEntries;
  private final List<ContentsEntry> entries = new ArrayList<>();

  /**
   * @param maxEntries later headings are left out
   */
  public HeadingContents(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** Takes the headings of the next chapter. */
  public void add(int chapter, List<Heading> headings) {
    for (Heading heading : headings) {
      if (entries.size() < maxEntries) {
        entries.add(new ContentsEntry(heading.title(), heading.level(), chapter, heading.offset()));
      }
    }
  }

  /** The lines in reading order; depth is by rank, so that a level never used leaves no gap. */
  public List<ContentsEntry> entries() {
    List<Integer> levels = entries.stream().map(ContentsEntry::depth).distinct().sorted().toList();
    return entries.stream()
        .map(
            entry ->
                new ContentsEntry(
                    entry.title(),
                    levels.indexOf(entry.depth()),
                    entry.chapter(),
                    entry.chapterOffset()))
        .toList();
  }
}
