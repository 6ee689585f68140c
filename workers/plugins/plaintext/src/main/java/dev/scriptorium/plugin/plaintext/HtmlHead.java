package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.LanguageTag;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import dev.scriptorium.booktext.Words;
import java.util.Locale;
import java.util.Optional;

/** First reading of an HTML document: what its head says, and how often it has which heading. */
final class HtmlHead implements MarkupHandler {
  private static final int MAX_LINE = 500;

  private final StringBuilder title = new StringBuilder();
  private final int[] headings = new int[7];
  private String author = "";
  private String description = "";
  private String language = "";
  private boolean inTitle;

  @Override
  public void start(String element, MarkupAttributes attributes) {
    String name = element.toLowerCase(Locale.ROOT);
    inTitle = name.equals("title") && title.isEmpty();
    if (name.equals("html")) {
      language = LanguageTag.normalise(attributes.getOrEmpty("lang")).orElse("");
    } else if (name.equals("meta")) {
      String content = Words.line(attributes.getOrEmpty("content"), MAX_LINE);
      switch (attributes.getOrEmpty("name").toLowerCase(Locale.ROOT)) {
        case "author", "dc.creator" -> author = content;
        case "description" -> description = content;
        default -> {
          // Other metas are for browsers.
        }
      }
    } else if (name.matches("h[1-6]")) {
      headings[name.charAt(1) - '0']++;
    }
  }

  @Override
  public void text(char[] chars, int offset, int length) {
    if (inTitle && title.length() < MAX_LINE) {
      title.append(chars, offset, length);
    }
  }

  @Override
  public void end(String element) {
    inTitle = false;
  }

  String title() {
    return Words.line(title, MAX_LINE);
  }

  String author() {
    return author;
  }

  String description() {
    return description;
  }

  Optional<String> language() {
    return language.isEmpty() ? Optional.empty() : Optional.of(language);
  }

  /** The headings that begin chapters: the highest rank used more than once, and those above. */
  String chapterHeadings() {
    StringBuilder names = new StringBuilder();
    for (int level = 1; level <= 3; level++) {
      names.append('h').append(level).append(' ');
      if (headings[level] > 1) {
        return names.toString().strip();
      }
    }
    return headings[1] > 0 ? "h1" : "";
  }
}
