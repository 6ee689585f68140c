package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.ChapterContent;
import dev.scriptorium.booktext.ChapterWalk;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.LinkResolver;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts one document into chapters at headings: what is open is closed before a heading and opened
 * again after it.
 */
final class SplittingHandler implements MarkupHandler {
  private final Limits limits;
  private final LinkResolver links;
  private final String headings;
  private final Consumer<ChapterContent> chapters;
  private final List<String> open = new ArrayList<>();
  private ChapterWalk walk;
  private boolean hasContent;

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
    if (hasContent && headings.contains(" " + element + " ")) {
      split();
    }
    walk.start(element, attributes);
    open.add(element);
    hasContent |= element.equals("img");
  }

  @Override
  public void text(char[] chars, int offset, int length) {
    walk.text(chars, offset, length);
    hasContent =
        hasContent || (open.contains("body") && !new String(chars, offset, length).isBlank());
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
      chapters.accept(content);
    }
  }

  private void split() {
    for (String element : open.reversed()) {
      walk.end(element);
    }
    finish();
    walk = newWalk();
    hasContent = false;
    for (String element : open) {
      walk.start(element, MarkupAttributes.of());
    }
  }

  private ChapterWalk newWalk() {
    return new ChapterWalk(limits, links, id -> false);
  }
}
