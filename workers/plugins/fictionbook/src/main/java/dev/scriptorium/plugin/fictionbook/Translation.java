package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.ChapterWalk;
import dev.scriptorium.booktext.MarkupAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells a {@link ChapterWalk} a chapter in the words of XHTML. Titles and lines of verse are
 * paragraphs in FictionBook and lines in XHTML.
 */
final class Translation {
  private static final char[] NOTHING = {};

  private final ChapterWalk walk;
  private final Deque<Open> open = new ArrayDeque<>();
  private int sections;

  Translation(ChapterWalk walk) {
    this.walk = walk;
  }

  void start(String name, MarkupAttributes attributes) {
    sections += name.equals("section") ? 1 : 0;
    Open parent = open.peek();
    if (parent != null && parent.takesLines() && (name.equals("p") || name.equals("v"))) {
      line(parent, name);
      return;
    }
    String target = target(name);
    String inner = name.equals("subtitle") ? "strong" : "";
    walk.start(target, attributes(name, attributes));
    if (!inner.isEmpty()) {
      walk.start(inner, MarkupAttributes.of());
    }
    open.push(new Open(name, target, inner));
  }

  void text(char[] chars, int offset, int length) {
    walk.text(chars, offset, length);
  }

  void end() {
    Open ended = open.pop();
    sections -= ended.name.equals("section") ? 1 : 0;
    if (!ended.inner.isEmpty()) {
      walk.end(ended.inner);
    }
    walk.end(ended.target);
  }

  /** True when every element has ended. */
  boolean isOver() {
    return open.isEmpty();
  }

  private void line(Open parent, String name) {
    if (parent.hasLine) {
      walk.start("br", MarkupAttributes.of());
      walk.text(NOTHING, 0, 0);
      walk.end("br");
    }
    parent.hasLine = true;
    walk.start("span", MarkupAttributes.of());
    open.push(new Open(name, "span", ""));
  }

  private String target(String name) {
    return switch (name) {
      case "title" -> "h" + Math.clamp(sections, 1, 6);
      case "subtitle", "text-author", "date", "empty-line", "stanza", "v" -> "p";
      case "emphasis" -> "em";
      case "strikethrough" -> "del";
      case "style" -> "span";
      case "epigraph", "cite", "poem" -> "blockquote";
      case "image" -> "img";
      case "annotation" -> "div";
      case "p", "section", "strong", "sub", "sup", "code", "a", "table", "tr", "td", "th" -> name;
      default -> "span";
    };
  }

  private static MarkupAttributes attributes(String name, MarkupAttributes source) {
    String id = source.getOrEmpty("id");
    String href = source.getOrEmpty("xlink:href") + source.getOrEmpty("href");
    return switch (name) {
      case "a" ->
          source.getOrEmpty("type").equals("note")
              ? MarkupAttributes.of("id", id, "href", href, "epub:type", "noteref")
              : MarkupAttributes.of("id", id, "href", href);
      case "image" -> MarkupAttributes.of("src", href, "alt", source.getOrEmpty("alt"));
      case "td", "th" ->
          MarkupAttributes.of(
              "colspan", source.getOrEmpty("colspan"), "rowspan", source.getOrEmpty("rowspan"));
      default -> MarkupAttributes.of("id", id, "xml:lang", source.getOrEmpty("xml:lang"));
    };
  }

  /** An element of the source, and the elements that the walk was told for it. */
  private static final class Open {
    private final String name;
    private final String target;
    private final String inner;
    private boolean hasLine;

    Open(String name, String target, String inner) {
      this.name = name;
      this.target = target;
      this.inner = inner;
    }

    /** True when paragraphs inside are lines. */
    boolean takesLines() {
      return name.equals("title") || name.equals("stanza");
    }
  }
}
