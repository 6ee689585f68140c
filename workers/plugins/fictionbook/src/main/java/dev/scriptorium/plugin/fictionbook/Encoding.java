package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.TextDecoding;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Corrects the encoding of documents that say they are UTF-8, or nothing, and are not. */
final class Encoding {
  private static final int PROLOG_BYTES = 200;
  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml[^>]{0,100}encoding\\s{0,9}=\\s{0,9}[\"']([A-Za-z0-9._-]{1,40})");

  private Encoding() {}

  /** The same document; in UTF-8 with a byte order mark when its letters were of another kind. */
  static byte[] corrected(byte[] document) {
    String prolog =
        new String(
            document, 0, Math.min(document.length, PROLOG_BYTES), StandardCharsets.ISO_8859_1);
    Matcher declared = DECLARED.matcher(prolog);
    if (declared.find() && !declared.group(1).equalsIgnoreCase("utf-8")) {
      return document;
    }
    TextDecoding.Decoded decoded = TextDecoding.decode(document);
    return decoded.charset().equals(StandardCharsets.UTF_8)
        ? document
        : ("\uFEFF" + decoded.text()).getBytes(StandardCharsets.UTF_8);
  }
}
