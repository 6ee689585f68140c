package dev.scriptorium.booktext;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An element and all that its name says about it, so that one look-up answers every question that
 * is asked for each tag of a book. Thread-safe.
 *
 * @param name lower case
 * @param traits sum of the constants below
 */
record HtmlElement(String name, int traits) {
  /** Its tags may stay. */
  static final int ALLOWED = 1;

  /** It goes with all that it holds. */
  static final int DROPPED = 2;

  /** It has no end tag. */
  static final int VOID = 4;

  /** It begins a paragraph and ends one. */
  static final int BLOCK = 8;

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "caption",
          "center",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hgroup",
          "hr",
          "html",
          "li",
          "main",
          "nav",
          "ol",
          "p",
          "pre",
          "section",
          "summary",
          "svg",
          "table",
          "tbody",
          "tfoot",
          "thead",
          "tr",
          "ul");

  /** Never changed; the maps of the JDK that cannot be changed divide at each look-up. */
  private static final Map<String, HtmlElement> KNOWN = known();

  /** The element of a name, however it is written. */
  static HtmlElement of(String written) {
    @Nullable HtmlElement known = KNOWN.get(written);
    if (known != null) {
      return known;
    }
    String name = HtmlAllowList.lower(written);
    known = KNOWN.get(name);
    return known == null ? new HtmlElement(name, 0) : known;
  }

  boolean is(int trait) {
    return (traits & trait) != 0;
  }

  private static Map<String, HtmlElement> known() {
    Map<String, HtmlElement> known = new HashMap<>();
    for (Set<String> names :
        List.of(HtmlAllowList.elements(), HtmlAllowList.droppedElements(), BLOCKS)) {
      for (String name : names) {
        known.put(name, new HtmlElement(name, traits(name)));
      }
    }
    return known;
  }

  private static int traits(String name) {
    return (HtmlAllowList.allows(name) ? ALLOWED : 0)
        | (HtmlAllowList.dropsContent(name) ? DROPPED : 0)
        | (HtmlAllowList.isVoid(name) ? VOID : 0)
        | (BLOCKS.contains(name) ? BLOCK : 0);
  }
}
