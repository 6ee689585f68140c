package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.MarkupAttributes;
import java.util.Locale;

/**
 * A resource of the book.
 *
 * @param id as the spine refers to it
 * @param path in the container; for a remote resource its address as written
 * @param mediaType as declared, lower case
 * @param properties blank-separated; empty when none
 * @param fallback id of the item to be read instead; empty when none
 * @param remote true when it is not in the container
 */
record ManifestItem(
    String id, String path, String mediaType, String properties, String fallback, boolean remote) {

  boolean hasProperty(String property) {
    return MarkupAttributes.hasWord(properties, property);
  }

  boolean isImage() {
    return mediaType.startsWith("image/");
  }

  /** True for documents that the walk can read. */
  boolean isMarkup() {
    return switch (mediaType) {
      case "application/xhtml+xml",
          "text/html",
          "text/x-oeb1-document",
          "application/x-dtbook+xml",
          "application/xml",
          "text/xml" ->
          true;
      default -> mediaType.isEmpty() && hasMarkupName();
    };
  }

  private boolean hasMarkupName() {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".xhtml") || name.endsWith(".html") || name.endsWith(".htm");
  }
}
