package dev.scriptorium.booktext;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes sanitised HTML: only what {@link HtmlAllowList} allows, escaped, every element closed.
 *
 * <pre>{@code
 * HtmlWriter html = new HtmlWriter(maxChars);
 * html.open("p").text("Call me ").open("em").text("Ishmael").close().close();
 * }</pre>
 */
public final class HtmlWriter {
  /** Not 0 for characters that text cannot hold as they are. */
  private static final byte[] TOUCHED = touched();

  private static final char NO_CHARACTER = '\uFFFE';

  /** Characters that are looked at together: a branch for each costs more than the look. */
  private static final int STRETCH = 64;

  private final int maxChars;
  private final TextBuffer out;
  private final Deque<String> open = new ArrayDeque<>();
  private String tag = "";
  private boolean inTag;
  private boolean truncated;

  /**
   * @param maxChars length in UTF-16 units after which text and new elements are left out
   */
  public HtmlWriter(int maxChars) {
    this(maxChars, new TextBuffer());
  }

  /**
   * @param room empty; free again once the HTML is finished
   */
  HtmlWriter(int maxChars, TextBuffer room) {
    this.maxChars = maxChars;
    this.out = room;
  }

  /**
   * Begins an element; attributes may follow. An element without an end tag is closed by itself.
   *
   * @throws IllegalArgumentException when the element is not allowed
   */
  public HtmlWriter open(String element) {
    if (!HtmlAllowList.allows(element)) {
      throw new IllegalArgumentException("element " + element + " is not allowed");
    }
    begin(element, HtmlAllowList.isVoid(element));
    return this;
  }

  /** Begins an element that is allowed. */
  void begin(String element, boolean isVoid) {
    endTag();
    out.append('<');
    out.append(element);
    tag = element;
    inTag = true;
    if (!isVoid) {
      open.push(element);
    }
  }

  /** Adds an attribute to the element just opened, when it is allowed there. */
  public HtmlWriter attribute(String name, String value) {
    if (!inTag) {
      throw new IllegalStateException("no element was just opened");
    }
    if (HtmlAllowList.allows(tag, name, value)) {
      write(name, value);
    }
    return this;
  }

  /**
   * Begins a link.
   *
   * @param href what a {@link LinkResolver} gave: an address outside the book, {@code #id} in the
   *     same chapter, or another chapter's source with {@code #id}
   */
  public HtmlWriter link(String href) {
    open("a");
    if (HtmlAllowList.externalHref(href).isPresent()) {
      write("href", href);
      write("rel", "noopener noreferrer");
    } else if (!HtmlAllowList.hasScheme(href)) {
      write("href", href);
    }
    return this;
  }

  /**
   * Writes a picture.
   *
   * @param resource name of the picture in the book, as handed to the sink
   * @param alt what it shows; may be empty
   */
  public HtmlWriter image(String resource, String alt) {
    open("img");
    if (!HtmlAllowList.hasScheme(resource)) {
      write("src", resource);
    }
    write("alt", alt);
    return this;
  }

  /** Text, escaped; control characters are left out. */
  public HtmlWriter text(CharSequence text) {
    return text(text.toString().toCharArray(), 0, text.length());
  }

  /** Text, escaped; control characters are left out. */
  public HtmlWriter text(char[] chars, int offset, int length) {
    endTag();
    if (out.length() + length > maxChars) {
      truncated = true;
      return this;
    }
    int start = offset;
    int end = offset + length;
    for (int i = offset; i < end; i += STRETCH) {
      int stretchEnd = Math.min(i + STRETCH, end);
      if (isTouched(chars, i, stretchEnd)) {
        out.append(chars, start, i - start);
        escape(chars, i, stretchEnd);
        start = stretchEnd;
      }
    }
    out.append(chars, start, end - start);
    return this;
  }

  private static boolean isTouched(char[] chars, int start, int end) {
    int touched = 0;
    for (int i = start; i < end; i++) {
      touched |= TOUCHED[chars[i]];
    }
    return touched != 0;
  }

  private void escape(char[] chars, int start, int end) {
    for (int i = start; i < end; i++) {
      if (TOUCHED[chars[i]] == 0) {
        out.append(chars[i]);
      } else {
        out.append(escaped(chars[i]));
      }
    }
  }

  /** Ends the innermost element. */
  public HtmlWriter close() {
    String element = open.pop();
    endTag();
    out.append("</");
    out.append(element);
    out.append('>');
    return this;
  }

  /** Number of elements that are open. */
  public int depth() {
    return open.size();
  }

  /** True when the limit was reached, so that no element should be opened any more. */
  public boolean full() {
    return truncated || out.length() > maxChars;
  }

  /** Closes what is open and gives the HTML. */
  public String finish() {
    while (!open.isEmpty()) {
      close();
    }
    endTag();
    return out.toString();
  }

  /** Text with the characters that have a meaning in HTML escaped. */
  public static String escape(CharSequence text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (TOUCHED[c] == 0) {
        escaped.append(c);
      } else {
        escaped.append(escaped(c));
      }
    }
    return escaped.toString();
  }

  /** What stands for a character that cannot stand itself; empty for controls. */
  private static String escaped(char c) {
    return switch (c) {
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '&' -> "&amp;";
      case '"' -> "&quot;";
      default -> "";
    };
  }

  private static byte[] touched() {
    byte[] touched = new byte[Character.MAX_VALUE + 1];
    for (char c = 0; c < 0xA0; c++) {
      boolean control = (c < ' ' && c != '\n' && c != '\t') || c >= 0x7F;
      touched[c] = (byte) (control || !escaped(c).isEmpty() ? 1 : 0);
    }
    touched[NO_CHARACTER] = 1;
    return touched;
  }

  private void write(String name, String value) {
    out.append(' ');
    out.append(name);
    out.append("=\"");
    out.append(escape(value));
    out.append('"');
  }

  private void endTag() {
    if (inTag) {
      out.append('>');
      inTag = false;
    }
  }
}
