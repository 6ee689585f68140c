package dev.scriptorium.server.catalog.format;

import java.util.Optional;

/**
 * Finds the root element at the head of an XML text without parsing it: no entity is expanded and
 * nothing is fetched.
 */
final class XmlRoot {
  private final String text;
  private int at;

  private XmlRoot(String text) {
    this.text = text;
  }

  /** The root's name without prefix; empty when the text does not begin like XML. */
  static Optional<String> localName(String text) {
    return new XmlRoot(text).find();
  }

  private Optional<String> find() {
    while (skipSpace() && text.charAt(at) == '<') {
      if (text.startsWith("<?", at)) {
        skipPast("?>");
      } else if (text.startsWith("<!--", at)) {
        skipPast("-->");
      } else if (text.startsWith("<!", at)) {
        skipDoctype();
      } else {
        return Optional.of(name());
      }
    }
    return Optional.empty();
  }

  private boolean skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private void skipPast(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + end.length();
  }

  private void skipDoctype() {
    int close = text.indexOf('>', at);
    int subset = text.indexOf('[', at);
    skipPast(subset >= 0 && subset < close ? "]>" : ">");
  }

  private String name() {
    int start = at + 1;
    int end = start;
    while (end < text.length() && isNameChar(text.charAt(end))) {
      end++;
    }
    String name = text.substring(start, end);
    return name.substring(name.indexOf(':') + 1);
  }

  private static boolean isNameChar(char c) {
    return Character.isLetterOrDigit(c) || c == ':' || c == '-' || c == '_' || c == '.';
  }
}
