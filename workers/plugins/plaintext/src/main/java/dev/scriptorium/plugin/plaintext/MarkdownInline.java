package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Emphasis, code, links and pictures inside a paragraph of Markdown. Linear in its input. */
final class MarkdownInline {
  private static final int MAX_NESTING = 8;

  /** Bounded repetitions: an opening mark without its end costs little. */
  private static final Pattern SPAN =
      Pattern.compile(
          "\\\\(?<escaped>[\\\\`*_{}\\[\\]()#+.!>-])|`(?<code>[^`]{1,500})`"
              + "|(?<image>!?)\\[(?<label>[^\\[\\]]{0,500})\\]\\((?<href>(?:[^()\\s]|\\([^()\\s]{0,200}\\)){0,500})\\)"
              + "|\\*\\*(?<strong>[^*]{1,1000})\\*\\*|\\*(?<em>[^*\\s][^*]{0,1000})\\*"
              + "|(?<![\\p{L}\\d])_(?<under>[^_\\s][^_]{0,1000})_(?![\\p{L}\\d])");

  private MarkdownInline() {}

  static void tell(String text, MarkupHandler handler) {
    tell(text, handler, 0);
  }

  private static void tell(String text, MarkupHandler handler, int nesting) {
    Matcher matcher = SPAN.matcher(text);
    int done = 0;
    while (nesting < MAX_NESTING && matcher.find()) {
      TextPieces.tell(text, done, matcher.start(), handler);
      span(matcher, handler, nesting + 1);
      done = matcher.end();
    }
    TextPieces.tell(text, done, text.length(), handler);
  }

  private static void span(Matcher matcher, MarkupHandler handler, int nesting) {
    if (matcher.group("escaped") != null) {
      plain(matcher.group("escaped"), handler);
    } else if (matcher.group("code") != null) {
      handler.start("code", MarkupAttributes.of());
      plain(matcher.group("code"), handler);
      handler.end("code");
    } else if (matcher.group("href") != null) {
      link(matcher, handler, nesting);
    } else {
      String strong = matcher.group("strong");
      String em = matcher.group("em");
      String inner = strong != null ? strong : em != null ? em : matcher.group("under");
      String element = strong != null ? "strong" : "em";
      handler.start(element, MarkupAttributes.of());
      tell(inner, handler, nesting);
      handler.end(element);
    }
  }

  private static void link(Matcher matcher, MarkupHandler handler, int nesting) {
    String label = matcher.group("label");
    if (!matcher.group("image").isEmpty()) {
      handler.start("img", MarkupAttributes.of("src", matcher.group("href"), "alt", label));
      handler.end("img");
      return;
    }
    handler.start("a", MarkupAttributes.of("href", matcher.group("href")));
    tell(label, handler, nesting);
    handler.end("a");
  }

  private static void plain(String text, MarkupHandler handler) {
    TextPieces.tell(text, 0, text.length(), handler);
  }
}
