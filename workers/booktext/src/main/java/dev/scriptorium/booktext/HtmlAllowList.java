package dev.scriptorium.booktext;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What sanitised HTML may hold. An element that is not allowed loses its tags and keeps its text,
 * one that is {@linkplain #dropsContent dropped} loses both. Names are lower case. Thread-safe.
 */
public final class HtmlAllowList {
  private static final Set<String> VOID = Set.of("br", "hr", "img", "wbr", "col");

  private static final Set<String> ELEMENTS =
      Set.of(
          "a",
          "abbr",
          "address",
          "article",
          "aside",
          "b",
          "bdi",
          "bdo",
          "blockquote",
          "br",
          "caption",
          "cite",
          "code",
          "col",
          "colgroup",
          "dd",
          "del",
          "dfn",
          "div",
          "dl",
          "dt",
          "em",
          "figcaption",
          "figure",
          "footer",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hgroup",
          "hr",
          "i",
          "img",
          "ins",
          "kbd",
          "li",
          "main",
          "mark",
          "nav",
          "ol",
          "p",
          "pre",
          "q",
          "rp",
          "rt",
          "ruby",
          "s",
          "samp",
          "section",
          "small",
          "span",
          "strong",
          "sub",
          "sup",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "time",
          "tr",
          "u",
          "ul",
          "var",
          "wbr");

  /** Not media: what stands in them is for readers who cannot play them. */
  private static final Set<String> DROPPED =
      Set.of(
          "head",
          "script",
          "style",
          "template",
          "iframe",
          "frame",
          "frameset",
          "embed",
          "applet",
          "button",
          "select",
          "option",
          "textarea",
          "input",
          "link",
          "meta",
          "base",
          "title",
          "foreignobject");

  private static final Set<String> GLOBAL_ATTRIBUTES = Set.of("id", "lang", "dir", "title");
  private static final Set<String> ROLES = Set.of("doc-noteref", "doc-pagebreak", "doc-endnote");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,6}");
  private static final int LONGEST_ID = 200;
  private static final Pattern SCHEME =
      Pattern.compile("(?i)(https?://|mailto:)[^\\s\"<>]{1,2000}");

  private HtmlAllowList() {}

  /** All elements whose tags may stay. */
  static Set<String> elements() {
    return ELEMENTS;
  }

  /** All elements that go with all that they hold. */
  static Set<String> droppedElements() {
    return DROPPED;
  }

  /** True when the element's tags may stay. */
  public static boolean allows(String element) {
    return ELEMENTS.contains(element);
  }

  /** True when the element goes with all that it holds. */
  public static boolean dropsContent(String element) {
    return DROPPED.contains(element);
  }

  /** True when the element has no end tag. */
  public static boolean isVoid(String element) {
    return VOID.contains(element);
  }

  /**
   * True when an attribute may stand on an element. Says nothing of {@code href} and {@code src},
   * which only {@link HtmlWriter#link} and {@link HtmlWriter#image} write.
   */
  public static boolean allows(String element, String attribute, String value) {
    if (GLOBAL_ATTRIBUTES.contains(attribute)) {
      return switch (attribute) {
        case "id" -> isId(value);
        case "dir" -> value.equals("ltr") || value.equals("rtl") || value.equals("auto");
        case "lang" -> LanguageTag.normalise(value).isPresent();
        default -> true;
      };
    }
    return switch (attribute) {
      case "role" -> ROLES.contains(value);
      case "colspan", "rowspan" ->
          (element.equals("td") || element.equals("th")) && NUMBER.matcher(value).matches();
      case "span" -> element.startsWith("col") && NUMBER.matcher(value).matches();
      case "start" -> element.equals("ol") && NUMBER.matcher(value).matches();
      case "value" -> element.equals("li") && NUMBER.matcher(value).matches();
      case "reversed" -> element.equals("ol");
      case "datetime" -> element.equals("time");
      default -> false;
    };
  }

  /** An address outside the book that a link may lead to: http, https or mailto; or nothing. */
  public static Optional<String> externalHref(String href) {
    String trimmed = href.strip();
    if (trimmed.indexOf(':') < 0) {
      return Optional.empty();
    }
    return SCHEME.matcher(trimmed).matches() ? Optional.of(trimmed) : Optional.empty();
  }

  /** True when the address names a scheme, so that it is not inside the book. */
  public static boolean hasScheme(String href) {
    int colon = href.indexOf(':');
    int path = firstOf(href, '/', '?', '#');
    return href.startsWith("//") || (colon > 0 && colon < path && isScheme(href, colon));
  }

  /** Element and attribute names as the list knows them. */
  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean isId(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean space = c == ' ' || (c >= '\t' && c <= '\r');
      if (space || c == '"' || c == '\'' || c == '<' || c == '>' || c == '&') {
        return false;
      }
    }
    return !value.isEmpty() && value.codePointCount(0, value.length()) <= LONGEST_ID;
  }

  private static boolean isScheme(String href, int end) {
    for (int i = 0; i < end; i++) {
      char c = href.charAt(i);
      // White space and controls too: browsers skip them when they look for a scheme.
      boolean part = c <= ' ' || Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
      if (!part) {
        return false;
      }
    }
    return true;
  }

  private static int firstOf(String text, char... wanted) {
    int first = text.length();
    for (char c : wanted) {
      int at = text.indexOf(c);
      first = at >= 0 && at < first ? at : first;
    }
    return first;
  }
}
