package dev.scriptorium.samples.epub;

/** Escapes text for XML. */
final class Xml {
  private Xml() {}

  /** For text and for attributes in double quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
