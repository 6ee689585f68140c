package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.ChapterContent;
import dev.scriptorium.booktext.ChapterWalk;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.LinkResolver;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Cuts one document into chapters, at headings and where a chapter grows too long: what is open is
 * closed before a heading and opened again after it.
 */
final class SplittingHandler implements MarkupHandler {
  /** A chapter without a heading for so long is continued in another at the next block. */
  private static final int LONGEST_CHAPTER = 1_000_000;

  private static final Set<String> BLOCKS = Set.of("p", "li", "div", "blockquote", "pre", "table");

  private final Limits limits;
  private final LinkResolver links;
  private final String headings;
  private final Consumer<ChapterContent> chapters;
  private final List<String> open = new ArrayList<>();
  private ChapterWalk walk;
  private boolean hasContent;
  private int chapterCount;
  private boolean full;
  private int length;

  /**
   * @param headings names of the elements that begin a chapter, blank-separated; empty for none
   * @param chapters takes the chapters in order; those with nothing in them are left out
   */
  SplittingHandler(
      Limits limits, LinkResolver links, String headings, Consumer<ChapterContent> chapters) {
    this.limits = limits;
    this.links = links;
    this.headings = " " + headings + " ";
    this.chapters = chapters;
    this.walk = newWalk();
  }

  @Override
  public void start(String element, MarkupAttributes attributes) {
    boolean heading = headings.contains(" " + element + " ");
    boolean longEnough = length > LONGEST_CHAPTER && BLOCKS.contains(element);
    if (hasContent && (heading || longEnough)) {
      split();
    }
    walk.start(element, attributes);
    open.add(element);
    hasContent |= element.equals("img");
  }

  @Override
  public void text(char[] chars, int offset, int count) {
    walk.text(chars, offset, count);
    length += count;
    hasContent =
        hasContent || (open.contains("body") && !new String(chars, offset, count).isBlank());
  }

  @Override
  public void end(String element) {
    walk.end(element);
    open.removeLast();
  }

  /** Hands over the last chapter. */
  void finish() {
    ChapterContent content = walk.finish();
    if (!content.text().isEmpty() || !content.images().isEmpty()) {
      chapterCount++;
      chapters.accept(content);
    }
  }

  /** True when there were more headings than chapters may be; the last chapter has their text. */
  boolean full() {
    return full;
  }

  private void split() {
    if (chapterCount + 1 >= limits.chapters()) {
      full = true;
      return;
    }
    for (String element : open.reversed()) {
      walk.end(element);
    }
    finish();
    walk = newWalk();
    hasContent = false;
    length = 0;
    for (String element : open) {
      walk.start(element, MarkupAttributes.of());
    }
  }

  private ChapterWalk newWalk() {
    return new ChapterWalk(limits, links, id -> false);
  }
}
