package dev.scriptorium.server.catalog.format;

/**
 * What a file is.
 *
 * @param mediaType by content; the name decides only between kinds of plain text
 * @param supported true when books of this type can be imported
 */
public record Format(String mediaType, boolean supported) {
  static final Format EPUB = new Format("application/epub+zip", true);
  static final Format PDF = new Format("application/pdf", true);
  static final Format FICTION_BOOK = new Format("application/x-fictionbook+xml", true);
  static final Format ZIPPED_FICTION_BOOK = new Format("application/x-zip-compressed-fb2", true);
  static final Format TEXT = new Format("text/plain", true);
  static final Format HTML = new Format("text/html", true);
  static final Format MARKDOWN = new Format("text/markdown", true);

  static Format unsupported(String mediaType) {
    return new Format(mediaType, false);
  }
}
